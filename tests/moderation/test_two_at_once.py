"""What two people do to one claim, link, code or report at the same moment."""

import re

import pytest
from django.utils.timezone import now

from ifn.directory.models import Business
from ifn.mail.models import Message
from ifn.moderation import actions
from ifn.moderation.models import Claim, ClaimCode, Report
from tests.directory.test_two_at_once import together  # noqa: F401  # the fixture
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.moderation import contact, reachable, reported, waiting_claim

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(found):
    """Return what came of each: the name of a refusal, or nothing for a success."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "" for one in found)


@pytest.fixture
def at_once(together):  # noqa: F811  # as fixtures are asked for
    return together


def test_two_officers_decide_a_claim(at_once):
    one, other = OfficerFactory(), OfficerFactory()
    claim = waiting_claim(reachable())

    found = at_once(
        lambda: actions.grant(Claim.objects.get(pk=claim.pk), actor=one, at=now()),
        lambda: actions.refuse(
            Claim.objects.get(pk=claim.pk), reason="Tidak.", actor=other, at=now()
        ),
    )

    assert kinds(found) == ["", "DecidedMeanwhile"]


def test_two_claims_of_one_profile_are_granted(at_once):
    officer, business = OfficerFactory(), reachable()
    claims = [waiting_claim(business) for _number in range(2)]

    def granting(claim):
        return lambda: actions.grant(Claim.objects.get(pk=claim.pk), actor=officer, at=now())

    found = at_once(*(granting(claim) for claim in claims))

    assert kinds(found) == ["", "DecidedMeanwhile"]


def test_two_people_open_one_link(at_once):
    _link, token = actions.make_claim_link(reachable(), note="", actor=OfficerFactory(), at=now())
    people = [UserFactory(), UserFactory()]

    def opening(person):
        return lambda: actions.open_claim_link(token, person=person, at=now())

    assert kinds(at_once(*(opening(person) for person in people))) == ["", "LinkOver"]


def test_one_person_claims_twice(at_once):
    business, maker = reachable(), UserFactory()

    def claiming():
        return waiting_claim(business, person=maker, at=now())

    assert kinds(at_once(claiming, claiming)) == ["", ""]


def test_tries_at_once_are_counted_one_by_one(at_once):
    business, maker = reachable(), UserFactory()
    claim = actions.claim_by_code(
        business, contact=contact(business), person=maker, language="id", at=now()
    )
    code = re.search(r"\b\d{6}\b", Message.objects.get().text)[0]
    ClaimCode.objects.update(tries=3)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    def guessing():
        return actions.enter_code(claim, wrong, person=maker, at=now())

    found = at_once(guessing, guessing, guessing)

    assert set(kinds(found)) <= {"CodeOver", "WrongCode"}
    assert "CodeOver" in kinds(found)


def test_two_officers_merge_while_a_claim_is_decided(at_once):
    one, other = OfficerFactory(), OfficerFactory()
    kept, gone = reachable(name="Sol Kembar"), reachable(name="CV Sol Kembar")
    claim = waiting_claim(gone)

    def merging(person):
        return lambda: actions.merge_businesses(
            Business.objects.get(pk=kept.pk),
            Business.objects.get(pk=gone.pk),
            versions=(1, 1),
            chosen={},
            reason="",
            actor=person,
            at=now(),
        )

    def deciding():
        return actions.refuse(Claim.objects.get(pk=claim.pk), reason="Tidak.", actor=one, at=now())

    merged, again, decided = at_once(merging(one), merging(other), deciding)

    assert merged.pk == again.pk
    # The claim is refused before it moves or after, or it is left to be decided again: never half.
    assert kinds([decided]) in ([""], ["MergedMeanwhile"])
    [(business, state)] = at_once(lambda: Claim.objects.values_list("business", "state").get())
    assert business == kept.pk
    assert state == ("refused" if kinds([decided]) == [""] else "waiting")


def test_two_officers_take_answer_and_look(at_once):
    one, other = OfficerFactory(), OfficerFactory()
    report, business = reported(), reachable(name="Baru")

    def taking(person):
        return lambda: actions.take("report", report.pk, person=person, at=now())

    def answering(person):
        return lambda: actions.answer_report(
            Report.objects.get(pk=report.pk), is_fixed=True, answer="", actor=person, at=now()
        )

    def looking(person):
        return lambda: actions.look_at(business, is_fine=True, actor=person, at=now())

    assert kinds(at_once(taking(one), taking(other))) == ["", "TakenByAnother"]
    assert kinds(at_once(answering(one), answering(other))) == ["", "AnsweredMeanwhile"]
    assert kinds(at_once(looking(one), looking(other))) == ["", "LookedAtMeanwhile"]
