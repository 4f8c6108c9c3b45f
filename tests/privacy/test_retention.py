"""What is kept longer than its rule says goes by itself, a piece at a time, and is counted."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ifn.accounts.models import Consent
from ifn.assessments.actions.receiving import keep_malformed
from ifn.connections.actions.enquiries import clock
from ifn.connections.models import KEPT as KEPT_CHAINS
from ifn.directory.models import Draft, Revision, Verification
from ifn.mail.delivery import KEEP
from ifn.moderation.actions.tidying import KEPT
from ifn.privacy.actions import requests, retaining
from ifn.privacy.models import DataRequest, Note, Sweep
from ifn.privacy.retention import BY_KEY, RULES
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, full_profile, profile, registered, revised, verified
from tests.factories.privacy import asked

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

MOMENT = timedelta(seconds=1)


def just(key, *, start=AT):
    """Return the last moment at which something is kept, and the first at which it is not."""
    return start + BY_KEY[key].keep - MOMENT, start + BY_KEY[key].keep


def test_every_rule_is_carried_out_by_this_room_or_names_another():
    assert {rule.key for rule in RULES if not rule.job} == set(retaining._RULES)  # noqa: SLF001


def test_rules_of_other_rooms_say_what_these_do():
    assert BY_KEY["messages"].keep == KEEP
    assert BY_KEY["letters"].keep == clock.KEPT
    assert BY_KEY["unproven_letters"].keep == clock.UNPROVEN_KEPT
    assert BY_KEY["claims"].keep == BY_KEY["reports"].keep == KEPT
    assert BY_KEY["chains"].keep == KEPT_CHAINS


def test_a_draft_nobody_touched_goes(django_capture_on_commit_callbacks):
    Draft.objects.create(
        business=registered(), person=UserFactory(), version=1, base={}, begun_at=AT, saved_at=AT
    )
    kept, gone = just("drafts")

    assert retaining.forget_next(at=kept) == 0
    assert retaining.forget_next(at=gone) == 1

    assert not Draft.objects.exists()
    sweep = Sweep.objects.get(rule="drafts")
    assert (sweep.last_at, sweep.last_count, sweep.total) == (gone, 1, 1)


def test_what_phones_sent_is_emptied_and_still_known_when_it_comes_again():
    uuid, officer = uuid4(), OfficerFactory()
    keep_malformed(uuid, {"changes": "x"}, actor=officer, at=AT)
    kept, gone = just("packages")

    assert retaining.forget_next(at=kept) == 0
    assert retaining.forget_next(at=gone) == 1
    assert retaining.forget_next(at=gone) == 0

    again = keep_malformed(uuid, {"changes": "y"}, actor=officer, at=gone)
    assert (again.content, again.refusal) == ({}, "malformed")


def test_earlier_states_of_profiles_go():
    business = registered()
    revised(business, profile(minimum_order=9), at=AT)
    kept, gone = just("revisions")

    retaining.forget_next(at=kept)
    assert Revision.objects.exists()
    retaining.forget_next(at=gone)

    assert not Revision.objects.exists()


def test_evidence_of_what_was_withdrawn_goes_and_the_row_stays(
    evidence, django_capture_on_commit_callbacks
):
    check = verified(registered())
    Verification.objects.filter(pk=check.pk).update(withdrawn_at=AT, reason="x")
    assert len(evidence()) == 1

    with django_capture_on_commit_callbacks(execute=True):
        assert retaining.forget_next(at=just("verifications")[1]) == 1

    assert evidence() == []
    assert Verification.objects.get().evidence == f"removed/{check.pk}"
    assert retaining.forget_next(at=just("verifications")[1]) == 0


def test_an_ended_request_forgets_who_asked_and_keeps_its_proof():
    officer = OfficerFactory(duties=["data"])
    request = asked("correction", text="Nama salah")
    requests.prove_by_hand(request, words="x", actor=officer, at=AT)
    requests.do_step(request, "corrected", words="x", actor=officer, at=AT)
    requests.finish(request, actor=officer, at=AT)
    open_one = asked("access", email="lain@x.example")

    retaining.forget_next(at=just("requests")[1])

    request.refresh_from_db()
    assert (request.name, request.email, request.text) == ("", "", "")
    assert request.digest == requests.digest_of(request.proof)
    assert not Note.objects.exists()
    assert DataRequest.objects.get(pk=open_one.pk).email == "lain@x.example"


def test_withdrawn_consents_forget_the_number():
    business = registered(full_profile())
    revised(business, full_profile(contacts=()), at=AT)

    assert retaining.forget_next(at=just("consents")[1]) > 0

    assert set(Consent.objects.values_list("value", flat=True)) == {""}
    assert retaining.forget_next(at=just("consents")[1]) == 0


@pytest.fixture
def evidence(settings, tmp_path):
    """Return a function that names every private file, in a store of the test's own."""
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return lambda: [path for path in tmp_path.rglob("*.*") if path.is_file()]
