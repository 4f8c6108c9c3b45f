"""Verifications and certificates that end soon: their people are told once, before."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone, localdate

from ifn.audit.queries import history_of
from ifn.directory import actions, tasks
from ifn.directory.models import CertificateNotice, Membership, Verification
from ifn.directory.profile import CertificateFact
from ifn.directory.verified import TOLD_DAYS
from ifn.jobs.steps import Continue
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, full_profile, profile, registered, revised, verified

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

TODAY = localdate()
NOW = datetime.combine(TODAY, datetime.min.time(), get_current_timezone())
SOON = TODAY + timedelta(days=TOLD_DAYS)
DAY = timedelta(days=1)


def owned(facts=None, **options):
    """Return a business and its owner."""
    business = registered(facts or full_profile(), **options)
    owner = UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    return business, owner


def certified(*facts, **options):
    return owned(full_profile(certificates=facts), **options)


def tell(on=TODAY):
    return actions.tell_of_endings(on=on, at=NOW)


def told():
    return sorted(Message.objects.filter(kind__endswith="-ends").values_list("to", flat=True))


class TestVerifications:
    def test_its_people_and_the_verifier_are_told_once(self):
        business, owner = owned()
        officer = OfficerFactory(duties=["verifier"], language="en")
        verified(business, "place", actor=officer, expires_on=SOON)

        counts = [tell(), tell(), tell(TODAY + DAY)]

        assert counts == [1, 0, 0]
        assert told() == sorted([owner.email, officer.email])
        assert Verification.objects.get().told_at == NOW
        events = history_of(business).values_list("event", flat=True)
        assert list(events).count("directory.verification.told") == 1

    def test_each_reads_what_to_do_in_their_language(self):
        business, owner = owned()
        officer = OfficerFactory(duties=["verifier"], language="en")
        verified(business, "place", actor=officer, expires_on=SOON)

        tell()

        mine, theirs = (Message.objects.get(to=one.email) for one in (owner, officer))
        assert mine.subject.startswith("Langkah Jaya: verifikasi “Tempat” berlaku sampai")
        assert "mintalah pemeriksaan baru" in mine.text
        assert "/verifikasi\n" in mine.text
        assert theirs.subject.startswith("Langkah Jaya: “Place” is verified until")
        assert f"/en/kerja/direktori/{business.number}/verifikasi" in theirs.text

    def test_a_day_earlier_nobody_is_told(self):
        business, _owner = owned()
        verified(business, expires_on=SOON)

        assert (tell(TODAY - DAY), tell()) == (0, 1)

    def test_of_what_is_over_nobody_is_told(self):
        business, _owner = owned()
        verified(business, expires_on=SOON)

        assert tell(SOON + DAY) == 0
        assert tell(SOON) == 1

    def test_of_what_was_replaced_or_withdrawn_nobody_is_told(self):
        business, _owner = owned()
        officer = OfficerFactory(duties=["verifier"])
        first = verified(business, "place", expires_on=SOON)
        verified(business, "place", replaces=first.pk)
        gone = verified(business, "order", expires_on=SOON)
        actions.withdraw_verification(gone, reason="Keliru", actor=officer, at=NOW)

        assert (tell(), told()) == (0, [])

    def test_of_hidden_and_invented_profiles_nobody_is_told(self):
        invented, _owner = owned(is_demo=True)
        hidden, _other = owned(full_profile(name="Lain"))
        for business in (invented, hidden):
            verified(business, expires_on=SOON)
        actions.hide(hidden, reason="Tutup", actor=OfficerFactory(), at=NOW)

        assert (tell(), told()) == (0, [])

    def test_an_officer_who_left_is_not_told(self):
        business, owner = owned()
        officer = OfficerFactory(duties=["verifier"])
        verified(business, actor=officer, expires_on=SOON)
        officer.is_active = False
        officer.save()

        tell()

        assert told() == [owner.email]

    def test_without_anybody_to_tell_it_is_not_tried_again(self):
        verified(
            registered(profile()),
            actor=OfficerFactory(duties=["verifier"], email=None),
            expires_on=SOON,
        )

        assert (tell(), tell(), told()) == (1, 0, [])


class TestCertificates:
    def test_its_people_are_told_once(self):
        business, owner = certified(CertificateFact("SNI_0111", "LSPr-07", expires_on=SOON))

        counts = [tell(), tell()]

        assert counts == [1, 0]
        assert told() == [owner.email]
        message = Message.objects.get()
        assert message.subject.startswith("Langkah Jaya: sebuah sertifikat berakhir")
        assert "LSPr-07" in message.text
        assert f"/saya/usaha/{business.number}" in message.text
        assert CertificateNotice.objects.get().messages == 1

    def test_writing_the_list_anew_tells_nobody_again(self):
        business, _owner = certified(CertificateFact("SNI_0111", expires_on=SOON))
        tell()
        business.refresh_from_db()
        facts = (CertificateFact("SNI_0111", expires_on=SOON), CertificateFact("LWG"))

        revised(business, full_profile(certificates=facts))

        assert (tell(), len(told())) == (0, 1)

    def test_a_new_last_day_is_told_anew(self):
        business, _owner = certified(CertificateFact("SNI_0111", expires_on=SOON))
        tell()
        business.refresh_from_db()
        facts = (CertificateFact("SNI_0111", expires_on=SOON - DAY),)

        revised(business, full_profile(certificates=facts))

        assert tell() == 1

    @pytest.mark.parametrize("ends", [None, SOON + DAY, TODAY - DAY, date(2019, 1, 1)])
    def test_of_others_nobody_is_told(self, ends):
        certified(CertificateFact("SNI_0111", expires_on=ends))

        assert (tell(), told()) == (0, [])

    def test_who_speaks_english_only_is_told_in_english(self):
        fact = CertificateFact("SNI_0111", expires_on=SOON)
        owned(full_profile(certificates=(fact,), languages=("en",)))

        tell()

        assert "a certificate ends on" in Message.objects.get().subject


def test_the_job_goes_on_until_nothing_is_left(monkeypatch):
    monkeypatch.setattr("ifn.directory.actions.ending.BATCH", 2)
    business, _owner = certified(CertificateFact("SNI_0111", expires_on=SOON))
    for topic in ("place", "order"):
        verified(business, topic, expires_on=SOON)

    steps = [tasks.tell_of_endings.func(None) for _ in range(3)]

    assert [isinstance(step, Continue) for step in steps] == [True, True, False]
    assert Message.objects.count() == 5


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_two_queries_however_many_there_are(count, django_assert_num_queries):
    for number in range(count):
        business = registered(profile(name=f"Sol {number}"))
        verified(business, expires_on=SOON + DAY)

    with django_assert_num_queries(2):
        assert tell() == 0
