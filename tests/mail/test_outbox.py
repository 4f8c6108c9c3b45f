from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist

from ifn.jobs.running import run_due
from ifn.mail import delivery
from ifn.mail.actions import NoSubject, erase_messages, forget_refusal, send, send_template
from ifn.mail.models import Message, Refusal
from ifn.mail.of_person import to_address
from ifn.mail.tasks import deliver_due
from tests.mail.sink import running_sink

pytestmark = pytest.mark.django_db
AT = datetime(2023, 8, 5, 3, tzinfo=UTC)
SOON = timedelta(minutes=1)


@pytest.fixture
def smtp(settings):
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def write(key="welcome:1", **fields):
    usual = {"subject": "Welcome", "text": "Hello.\n", "kind": "welcome", "at": AT}
    return send("sari@example.com", **usual | fields, key=key)


def state(message):
    message.refresh_from_db()
    return message.state


def test_a_message_is_sent_after_the_transaction_and_marked(smtp):
    message = write(html="<p>Hello.</p>")
    assert smtp.messages == []

    run_due()

    assert state(message) == Message.State.SENT
    [arrived] = smtp.messages
    assert arrived["To"] == "sari@example.com"
    assert arrived["Subject"] == "Welcome"
    assert arrived["Message-ID"] == message.message_id
    assert arrived.get_body(("plain",)).get_content().strip() == "Hello."
    assert arrived.get_body(("html",)).get_content().strip() == "<p>Hello.</p>"


def test_what_a_secret_message_says_is_wiped_once_it_was_sent(smtp):
    secret = write(html="<p>Hello.</p>", is_secret=True)

    run_due()

    assert state(secret) == Message.State.SENT
    assert (secret.text, secret.html) == ("", "")
    assert smtp.messages[0].get_body(("plain",)).get_content().strip() == "Hello."


def test_what_a_secret_message_says_is_wiped_when_it_is_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    secret = write(is_secret=True)
    run_due()
    assert state(secret) == Message.State.WAITING
    assert secret.text

    Message.objects.update(attempts=delivery.ATTEMPTS, next_at=AT)
    delivery.deliver(secret.pk, at=AT)

    assert state(secret) == Message.State.FAILED
    assert secret.text == ""


def test_a_message_of_a_failed_transaction_is_never_sent(smtp):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    run_due()

    assert (smtp.messages, Message.objects.count()) == ([], 0)


def test_the_same_occasion_sends_once(smtp):
    first, again, other = write("welcome:1"), write("welcome:1", text="!"), write("welcome:2")

    run_due()

    assert first == again != other
    assert len(smtp.messages) == 2


def test_the_database_itself_knows_each_key_once():
    message = write()
    message.pk, message.message_id = None, "<other@localhost>"

    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


def test_a_server_out_of_reach_leaves_the_message_waiting_for_another_attempt(smtp, settings):
    reachable, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    message = write()
    run_due()
    assert state(message) == Message.State.WAITING
    assert message.error == "builtins.ConnectionRefusedError"

    settings.EMAIL_PORT = reachable
    deliver_due.enqueue()
    run_due()
    assert (smtp.messages, message.attempts) == ([], 1)

    Message.objects.update(next_at=AT)
    deliver_due.enqueue()
    run_due()
    assert state(message) == Message.State.SENT
    assert (len(smtp.messages), message.attempts, message.error) == (1, 2, "")


def test_a_busy_server_is_tried_again_and_in_the_end_given_up(smtp):
    smtp.recipient_answer = "450 busy, sari@example.com"
    message = write()
    at = AT

    for _ in range(delivery.ATTEMPTS):
        assert state(message) == Message.State.WAITING
        delivery.deliver(message.pk, at=at)
        at += delivery.LONGEST_PAUSE

    assert state(message) == Message.State.FAILED
    assert message.error == "smtplib.SMTPRecipientsRefused 450"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"recipient_answer": "550 nobody here"}, "smtplib.SMTPRecipientsRefused 550"),
        ({"data_answer": "554 not wanted"}, "smtplib.SMTPDataError 554"),
    ],
)
def test_what_the_server_refuses_for_good_is_not_tried_again(smtp, answers, error):
    vars(smtp).update(answers)
    message = write()

    delivery.deliver(message.pk, at=AT)

    assert (state(message), message.error) == (Message.State.FAILED, error)


def test_an_attempt_leaves_others_out_until_its_pause_is_over(smtp):
    message = write()

    assert delivery.claim(message.pk, at=AT)
    assert not delivery.claim(message.pk, at=AT + SOON - timedelta(seconds=1))
    assert delivery.claim(message.pk, at=AT + SOON).message_id == message.message_id


def test_a_message_whose_workers_all_died_is_given_up():
    message = write()
    Message.objects.update(attempts=delivery.ATTEMPTS)

    assert delivery.claim(message.pk, at=AT) is None

    assert state(message) == Message.State.FAILED


def test_a_sent_message_is_not_sent_again(smtp):
    message = write()
    delivery.deliver(message.pk, at=AT)

    assert not delivery.deliver(message.pk, at=AT + timedelta(days=1))
    assert len(smtp.messages) == 1


def test_due_messages_are_delivered_oldest_first(smtp):
    for number in (2, 1, 3):
        write(f"{number}", subject=f"{number}", at=AT + timedelta(seconds=number))
    deliver_due.using(priority=100).enqueue()

    run_due()

    assert [message["Subject"] for message in smtp.messages] == ["1", "2", "3"]


def test_the_file_backend_keeps_messages_on_disk(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    write()

    run_due()

    [file] = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert "To: sari@example.com" in file.read_text()


def test_a_subject_stays_one_line_however_it_was_typed():
    message = write(subject="Welcome\r\nBcc: all@example.com\n" + "x" * 300)

    assert message.subject.startswith("Welcome Bcc: all@example.com xxx")
    assert len(message.subject) == 200
    delivery.deliver(message.pk, at=AT)
    assert mail.outbox[0].recipients() == ["sari@example.com"]


@pytest.mark.parametrize("address", ["", "sari", "sari@", "a@b.com\nBcc: c@d.com"])
def test_an_impossible_address_is_refused_at_once(address):
    with pytest.raises(ValidationError):
        send(address, "s", "t", kind="k", at=AT, key="k")


@pytest.fixture
def templates(settings):
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [Path(__file__).parent / "templates"]}]


def from_template(language, template="mail_tests/welcome", name="O'Neil & Putri"):
    context = {"name": name, "at": AT}
    return send_template(
        template, context, language, to="sari@example.com", kind="welcome", at=AT, key=language
    )


@pytest.mark.usefixtures("templates")
def test_a_template_speaks_the_persons_language_and_escapes_only_the_formatted_text():
    indonesian, english = from_template("id"), from_template("en")

    assert indonesian.subject == "Selamat datang, O'Neil & Putri"
    assert indonesian.text.endswith("tersimpan pada 5 Agustus 2023.\n")
    assert indonesian.html == ""
    assert english.text == "Hello O'Neil & Putri,\n\nYour profile was saved on 5 August 2023.\n"
    assert english.html.strip() == '<p lang="en">Hello O&#x27;Neil &amp; Putri</p>'


@pytest.mark.usefixtures("templates")
def test_a_language_without_a_template_gets_the_platforms_first_language():
    assert from_template("ms").subject.startswith("Selamat datang")


@pytest.mark.usefixtures("templates")
def test_a_template_without_subject_or_text_is_refused():
    with pytest.raises(NoSubject):
        from_template("id", "mail_tests/broken")
    with pytest.raises(TemplateDoesNotExist):
        from_template("id", "mail_tests/missing")


def test_old_messages_are_removed_unless_they_wait():
    write("old and waiting")
    delivery.deliver(write("old and sent").pk, at=AT)
    delivery.deliver(write("new and sent", at=AT + timedelta(days=2)).pk, at=AT + timedelta(days=2))

    assert delivery.remove_old(at=AT + timedelta(days=91)) == 1

    kept = set(Message.objects.values_list("key", flat=True))
    assert kept == {"old and waiting", "new and sent"}


def test_mail_programs_are_given_the_button_that_stops_such_messages(smtp):
    write("1", unsubscribe="https://ifn.example/stop/x")
    write("2")

    run_due()

    with_button, without = smtp.messages
    assert with_button["List-Unsubscribe"] == "<https://ifn.example/stop/x>"
    assert with_button["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (without["List-Unsubscribe"], without["List-Unsubscribe-Post"]) == (None, None)


def test_an_address_refused_for_good_is_noted_once(smtp):
    smtp.recipient_answer = "550 nobody here"
    for key, days in (("1", 0), ("2", 1)):
        delivery.deliver(write(key).pk, at=AT + timedelta(days=days))

    refusal = Refusal.objects.get()
    assert (refusal.address, refusal.code) == ("sari@example.com", 550)
    assert refusal.refused_at == AT + timedelta(days=1)
    assert forget_refusal("sari@example.com")
    assert not forget_refusal("sari@example.com")


@pytest.mark.parametrize(
    "answers", [{"recipient_answer": "450 busy"}, {"data_answer": "554 not wanted"}]
)
def test_no_other_failure_speaks_against_an_address(smtp, answers):
    vars(smtp).update(answers)

    delivery.deliver(write().pk, at=AT)

    assert not Refusal.objects.exists()


def test_erasing_messages_forgets_that_their_address_was_refused(smtp):
    smtp.recipient_answer = "550 nobody here"
    delivery.deliver(write().pk, at=AT)
    assert to_address("sari@example.com")["refusals"][0]["code"] == 550

    assert erase_messages(["sari@example.com"]) == 2

    assert not Refusal.objects.exists()
