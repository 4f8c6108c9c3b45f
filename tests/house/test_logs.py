import json
import logging
import smtplib
import sys

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from ifn.logs import Fault, JsonLines

SECRETS = ("sari", "0812", "rahasia")
logger = logging.getLogger("ifn.test")


class Lines(logging.Handler):
    """Keeps what the platform's formatter makes of every record."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    handler = Lines()
    loggers = [logging.getLogger(name) for name in ("ifn", "django", "library")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.addHandler(handler)
        each.setLevel(logging.INFO)
    yield handler.lines
    for each, level in zip(loggers, levels, strict=True):
        each.removeHandler(handler)
        each.setLevel(level)


def told(lines):
    return [json.loads(line) for line in lines]


@login_not_required
def page(request, name):
    logger.info("from inside")
    return HttpResponse("ok")


@login_not_required
def broken(request, name):
    raise LookupError(f"no {name} with {request.GET['phone']}")


@login_not_required
def suspicious(request, name):
    raise SuspiciousOperation(f"rahasia of {name}")


def plain(status):
    def answer(request, exception=None):
        return HttpResponse("plain", status=status)

    return answer


handler400, handler404, handler500 = plain(400), plain(404), plain(500)
urlpatterns = [
    path("page/<name>", page),
    path("broken/<name>", broken),
    path("suspicious/<name>", suspicious),
]


@pytest.mark.urls(__name__)
def test_a_request_is_logged_by_its_route_with_an_identifier(client, lines):
    answer = client.get("/page/sari?phone=0812")

    inside, request = told(lines)
    assert request["event"] == "request"
    assert (request["method"], request["route"], request["status"]) == ("GET", "page/<name>", 200)
    assert request["ms"] >= 0
    assert inside["request"] == request["request"] == answer["X-Request-Id"]


@pytest.mark.urls(__name__)
def test_two_requests_have_two_identifiers_and_none_stays_behind(client, lines):
    first, second = client.get("/page/a"), client.get("/page/b")
    logger.info("outside")

    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert "request" not in told(lines)[-1]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/page/sari?phone=0812", 200),
        ("/nowhere/sari?phone=0812", 404),
        ("/broken/sari?phone=0812&word=rahasia", 500),
        ("/suspicious/sari?phone=0812", 400),
    ],
)
def test_no_log_line_of_a_request_names_a_person_or_an_address(client, lines, address, status):
    client.raise_request_exception = False

    answer = client.get(address, HTTP_REFERER="http://x/?q=rahasia", HTTP_COOKIE="k=rahasia")

    assert answer.status_code == status
    [request] = [line for line in told(lines) if line["event"] == "request"]
    assert request["status"] == status
    assert {line["request"] for line in told(lines)} == {answer["X-Request-Id"]}
    assert [secret for secret in SECRETS for line in lines if secret in line] == []


@pytest.mark.urls(__name__)
def test_a_fault_is_logged_with_its_type_and_place(client, lines):
    client.raise_request_exception = False

    client.get("/broken/sari?phone=0812")

    [line] = [line for line in told(lines) if "fault" in line]
    assert line["logger"] == "django.request"
    assert line["status_code"] == 500
    assert line["fault"]["type"] == "builtins.LookupError"
    assert line["fault"]["message"] == ""
    assert any(" broken" in place for place in line["fault"]["place"])


@pytest.mark.urls(__name__)
def test_a_foreign_host_is_not_repeated_in_the_log(client, lines):
    assert client.get("/page/x", HTTP_HOST="sari.example.com").status_code == 400

    assert [line for line in lines if "sari" in line] == []
    assert "django.security.DisallowedHost" in [line["logger"] for line in told(lines)]


def test_libraries_are_logged_as_templates_without_values(lines):
    library = logging.getLogger("library")
    library.warning("Not sent to %s", "sari@example.com")
    library.warning("Not sent to sari@example.com")

    filled, plain = told(lines)
    assert filled["event"] == "Not sent to %s"
    assert plain["event"] == "withheld"
    assert "test_logs.py:" in plain["place"]


def test_our_own_records_are_one_line_each_with_what_was_given(lines):
    logger.info("list\nread", extra={"rows": 3, "file": object})

    assert "\n" not in lines[0]
    assert told(lines)[0]["event"] == "list\nread"
    assert told(lines)[0]["rows"] == 3


@pytest.fixture
def people(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people (phone varchar(20) PRIMARY KEY)")
        cursor.execute("INSERT INTO people VALUES ('0812')")
        yield cursor
        cursor.execute("DROP TABLE people")


def test_what_a_database_says_about_a_row_is_not_told(people):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        people.execute("INSERT INTO people VALUES ('0812')")

    fault = Fault.of(caught.value)
    assert fault.type == "django.db.utils.IntegrityError"
    assert fault.message == ("23505 people_pkey" if connection.vendor == "postgresql" else "")
    assert "0812" not in fault.place


def test_the_system_may_say_what_went_wrong_but_not_where():
    with pytest.raises(OSError, match="sari") as caught:
        open("/nowhere/sari.xlsx")  # noqa: PTH123, SIM115

    assert Fault.of(caught.value).message == "No such file or directory"


def test_a_mail_servers_words_are_not_told():
    fault = smtplib.SMTPRecipientsRefused({"sari@example.com": (550, b"sari is unknown")})

    assert "sari" not in str(Fault.of(fault))


def cause():
    raise KeyError("sari")


def effect():
    try:
        cause()
    except KeyError as missing:
        raise RuntimeError("sari") from missing


def test_the_place_of_a_fault_begins_with_its_cause():
    with pytest.raises(RuntimeError) as caught:
        effect()

    place = Fault.of(caught.value).place.split("\n")

    names = [line.rpartition(" ")[2] for line in place]
    assert names.index("builtins.KeyError") < names.index("cause")
    assert names.index("cause") < names.index("builtins.RuntimeError")
    assert "sari" not in "".join(place)


def test_a_record_outside_an_exception_has_no_fault(lines):
    logger.info("quiet", exc_info=sys.exc_info())

    assert "fault" not in told(lines)[0]
