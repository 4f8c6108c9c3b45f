"""Messages that come back after the mail server had taken them."""

import io
import mailbox
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_string
from types import SimpleNamespace

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils.timezone import now

from ifn.mail import bounces, tasks
from ifn.mail.actions import send
from ifn.mail.bounces import Outcome, note, read_box
from ifn.mail.delivery import deliver
from ifn.mail.models import Bounce, Refusal
from ifn.mail.of_person import to_address
from ifn.mail.queries import LATELY, reach_of
from ifn.mail.returning import Returned
from ifn.mail.signing import is_signed, key_in, return_address, token_of
from tests.factories.accounts import AdministratorFactory, UserFactory
from tests.mail.returned import BOX, exchange, holiday, postfix, qmail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 5, 0, 5, tzinfo=UTC)
TO = "ibu@kelom.example"


@pytest.fixture(autouse=True)
def box(settings):
    settings.BOUNCE_ADDRESS = BOX


@pytest.fixture
def message():
    return send(TO, "2 kabar baru", "Halo", kind="test", at=AT, key="test:1")


def named(message):
    return token_of(message.pk, message.message_id)


class TestSending:
    def test_failures_come_back_to_a_signed_address_and_people_see_the_platform(self, message):
        assert deliver(message.pk, at=AT)

        (sent,) = django_mail.outbox
        assert sent.from_email == f"pantulan+{named(message)}@ifn.example"
        assert sent.message()["From"].startswith("Indonesia Footwear Network")
        assert sent.message()["X-IFN-Message"] == named(message)

    def test_without_an_address_for_failures_the_sender_is_as_before(self, message, settings):
        settings.BOUNCE_ADDRESS = ""
        deliver(message.pk, at=AT)

        assert django_mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL

    def test_the_local_part_is_no_longer_than_addresses_allow(self):
        local = return_address(token_of(2**53, "<x@ifn.example>")).partition("@")[0]

        assert len(local) <= 64


class TestHard:
    @pytest.mark.parametrize("make", [postfix, exchange, qmail])
    def test_the_address_is_noted_as_refused(self, message, make):
        assert note(make(TO, named(message)), at=AT) == Outcome.HARD

        refusal = Refusal.objects.get()
        assert (refusal.address, refusal.code, refusal.refused_at) == (TO, 550, AT)
        assert Bounce.objects.get().is_hard

    def test_the_return_address_alone_says_which_message_it_was(self, message):
        came_to = return_address(named(message)).upper()
        report = postfix(TO, "somebody's-else", came_to=came_to)

        assert note(report, at=AT) == Outcome.HARD

    @pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.10", "5.2.1", "5.4.4"])
    def test_what_speaks_of_the_address_is_for_good(self, status):
        assert Returned("", status, 550).is_for_good

    def test_read_again_it_changes_nothing(self, message):
        note(postfix(TO, named(message)), at=AT)
        Refusal.objects.all().delete()  # somebody showed meanwhile that it works

        assert note(postfix(TO, named(message)), at=AT + timedelta(days=1)) == Outcome.KNOWN
        assert not Refusal.objects.exists()

    def test_of_a_message_delayed_first_the_end_counts(self, message):
        assert note(postfix(TO, named(message), status="4.4.7"), at=AT) == Outcome.SOFT
        assert note(postfix(TO, named(message)), at=AT) == Outcome.HARD
        assert Bounce.objects.get().status == "5.1.1"


class TestSoft:
    @pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.7.1", "5.3.4", "5.0.0"])
    def test_what_may_work_tomorrow_is_counted(self, message, status):
        assert note(postfix(TO, named(message), status=status), at=AT) == Outcome.SOFT

        assert not Refusal.objects.exists()
        assert reach_of(TO, at=AT).came_back == 1
        assert reach_of(TO, at=AT + LATELY).came_back == 0

    def test_a_full_mailbox_in_words_too(self, message):
        assert note(qmail(TO, named(message), said="#5.2.2"), at=AT) == Outcome.SOFT


class TestUnclear:
    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
    def test_what_has_not_failed_is_no_failure(self, message, action):
        assert note(postfix(TO, named(message), action=action), at=AT) == Outcome.UNCLEAR

    def test_a_person_on_holiday_is_reached(self, message):
        answer = holiday(TO, return_address(named(message)))

        assert note(answer, at=AT) == Outcome.UNCLEAR
        assert not Bounce.objects.exists()

    def test_words_with_two_statuses_are_not_clear(self, message):
        report = qmail(TO, named(message), said="#5.1.1, or 4.2.2")

        assert note(report, at=AT) == Outcome.UNCLEAR

    @pytest.mark.parametrize(
        "text", ["", "Halo", "Content-Type: multipart/report\n\nx", "\x00\xff"]
    )
    def test_anything_at_all_can_be_read(self, text):
        assert note(message_from_string(text), at=AT) == Outcome.UNCLEAR


class TestForged:
    def test_without_our_signature_nothing_changes(self, message):
        mark = named(message).partition("-")[2]
        tokens = [
            f"{message.pk:x}-{'0' * 20}",
            f"{message.pk + 1:x}-{mark}",
            f"{message.pk:x}",
            f"-{mark}",
            "ffffffffffffffffffffffff-0",
        ]
        for token in tokens:
            for make in (postfix, exchange, qmail):
                assert note(make(TO, token), at=AT) in {Outcome.FOREIGN, Outcome.UNCLEAR}

        assert not Bounce.objects.exists()
        assert not Refusal.objects.exists()

    def test_a_message_id_alone_proves_nothing(self, message):
        report = postfix(TO, "")
        report.add_header("References", message.message_id)

        assert note(report, at=AT) == Outcome.UNCLEAR

    def test_a_signature_is_good_for_one_message(self, message):
        other = send("x@kelom.example", "x", "x", kind="test", at=AT, key="test:2")

        assert not is_signed(named(message), other.pk, other.message_id)
        assert key_in(named(message)) == message.pk

    def test_it_holds_while_the_secret_before_is_known(self, message, settings):
        token = named(message)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = settings.SECRET_KEY[::-1]

        assert note(postfix(TO, token), at=AT) == Outcome.HARD

    def test_a_message_that_was_erased_is_nobodys(self, message):
        token = named(message)
        message.delete()

        assert note(postfix(TO, token), at=AT) == Outcome.FOREIGN


class TestBoxes:
    @pytest.mark.parametrize("make", [mailbox.mbox, mailbox.Maildir])
    def test_what_was_understood_goes_and_the_rest_stays(self, message, make, tmp_path):
        path = tmp_path / "box"
        filled = make(path)
        for one in [postfix(TO, named(message)), holiday(TO, BOX), postfix(TO, "1-0")]:
            filled.add(one)
        filled.close()

        found = read_box(path, at=AT)

        assert found == {Outcome.HARD: 1, Outcome.UNCLEAR: 1, Outcome.FOREIGN: 1}
        assert read_box(path, at=AT).total() == 0
        with closing(make(path)) as left:
            assert sorted(one["Subject"] for one in left) == [
                "Sedang cuti",
                "Undelivered Mail Returned to Sender",
            ]

    def test_the_job_reads_the_box_that_is_set(self, message, settings, tmp_path):
        path = tmp_path / "box"
        filled = mailbox.mbox(path)
        filled.add(exchange(TO, named(message)))
        filled.close()
        assert tasks.read_bounces.func() == 0

        settings.BOUNCE_BOX = str(path)

        assert tasks.read_bounces.func() == 1
        assert Refusal.objects.exists()


class TestCommand:
    def piped(self, monkeypatch, mail):
        stdin = SimpleNamespace(buffer=io.BytesIO(mail.as_bytes()))
        monkeypatch.setattr("sys.stdin", stdin)
        out = io.StringIO()
        call_command("bounces", stdout=out)
        return out.getvalue()

    def test_it_reads_one_message_from_a_pipe(self, message, monkeypatch):
        out = self.piped(monkeypatch, postfix(TO, named(message)))

        assert out.startswith("1 ")
        assert Refusal.objects.get().address == TO

    def test_a_foreign_one_is_no_fault(self, monkeypatch):
        assert self.piped(monkeypatch, holiday(TO, BOX)).startswith("0 ")

    def test_a_database_that_is_away_lets_the_mail_server_try_again(self, message, monkeypatch):
        def falls(*_args, **_options):
            raise OperationalError

        monkeypatch.setattr(bounces, "_note", falls)
        with pytest.raises(CommandError) as fault:
            self.piped(monkeypatch, postfix(TO, named(message)))

        assert fault.value.returncode == 75

    def test_a_box_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(CommandError, match="nowhere"):
            call_command("bounces", str(tmp_path / "nowhere"))


class TestPages:
    def test_person_and_office_see_what_is_known_of_an_address(self, client, message):
        person = UserFactory(email=TO)
        note(postfix(TO, named(message), status="5.2.2"), at=AT)
        Bounce.objects.update(noted_at=now())
        client.force_login(person)
        shown = client.get("/en/pemberitahuan/pengaturan").content.decode()
        assert f"Not every message reaches {TO}" in shown

        Refusal.objects.create(address=TO, refused_at=AT, code=550)
        shown = client.get("/en/pemberitahuan").content.decode()
        assert f"We cannot reach you at {TO}" in shown

        client.force_login(AdministratorFactory())
        shown = client.get(f"/en/kerja/orang/{person.pk}").content.decode()
        assert "Messages do not reach this address" in shown

    def test_the_copy_of_own_data_has_it(self, message):
        note(postfix(TO, named(message)), at=AT)

        assert to_address(TO)["bounces"] == [
            {"message__subject": "2 kabar baru", "status": "5.1.1", "noted_at": AT}
        ]
