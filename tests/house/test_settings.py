import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ifn import environment

ROOT = Path(__file__).resolve().parents[2]
FIT = {
    "IFN_PRODUCTION": "yes",
    "IFN_SECRET_KEY": "k" * 50,
    "IFN_ALLOWED_HOSTS": "ifn.example.go.id",
}


def start(variables, show="'started'"):
    """Load the settings in a process of their own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("IFN_") and name != "DATABASE_URL"
    }
    return subprocess.run(  # noqa: S603  # our own settings
        [sys.executable, "-c", f"from ifn import settings; print({show})"],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def last_line(run):
    return run.stderr.strip().splitlines()[-1]


def documented():
    text = (ROOT / "docs" / "operate" / "settings.md").read_text()
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def test_every_variable_is_documented_once_and_every_documented_one_is_read():
    assert sorted(documented()) == sorted(environment.asked | environment.ELSEWHERE)


def test_variables_for_tools_are_read_by_one():
    here = Path(__file__)
    sources = [
        path.read_text()
        for folder in ("tools", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if path != here
    ]

    unread = {
        name
        for name in environment.ELSEWHERE
        if not any(f'"{name}"' in source for source in sources)
    }
    assert unread == set()


def test_a_production_start_with_everything_set_is_safe():
    run = start(FIT, "settings.DEBUG, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE")

    assert run.stdout.split() == ["False", "True", "True"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"IFN_SECRET_KEY": None}, "IFN_SECRET_KEY still has its default value"),
        ({"IFN_SECRET_KEY": "k" * 49}, "IFN_SECRET_KEY is shorter than 50 characters"),
        ({"IFN_DEBUG": "yes"}, "IFN_DEBUG is on"),
        ({"IFN_ALLOWED_HOSTS": None}, "IFN_ALLOWED_HOSTS names no host"),
        ({"IFN_ALLOWED_HOSTS": " , "}, "IFN_ALLOWED_HOSTS names no host"),
        ({"IFN_ALLOWED_HOSTS": "a.go.id,*"}, "IFN_ALLOWED_HOSTS allows every host"),
    ],
)
def test_a_production_start_refuses_what_is_not_fit_for_it(change, fault):
    variables = {name: value for name, value in (FIT | change).items() if value is not None}

    run = start(variables)

    assert run.returncode != 0
    assert "Not fit for production: " in last_line(run)
    assert fault in last_line(run)
    assert variables.get("IFN_SECRET_KEY", "-" * 9) not in run.stderr


def test_an_unknown_variable_stops_the_start_and_is_named():
    run = start({"IFN_ALOWED_HOSTS": "a"})

    assert run.returncode != 0
    assert last_line(run).endswith("Unknown settings in the environment: IFN_ALOWED_HOSTS.")


@pytest.mark.parametrize("name", sorted(environment.ELSEWHERE))
def test_a_variable_of_a_tool_does_not_stop_the_start(name):
    assert start({name: "x"}).returncode == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("", ""), ("+62 811-0000-0009", "+6281100000009"), ("+15550100", "+15550100")],
)
def test_a_phone_number_is_read_with_its_country(monkeypatch, typed, meant):
    monkeypatch.setenv("IFN_OFFICE_WHATSAPP", typed)

    assert environment.phone("IFN_OFFICE_WHATSAPP") == meant


@pytest.mark.parametrize("typed", ["0811 0000 0009", "+62", "wa.me/62811", "+62 811 0000 0009 x"])
def test_what_is_no_phone_number_stops_the_start(monkeypatch, typed):
    monkeypatch.setenv("IFN_OFFICE_WHATSAPP", typed)

    with pytest.raises(ImproperlyConfigured, match="IFN_OFFICE_WHATSAPP"):
        environment.phone("IFN_OFFICE_WHATSAPP")


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("k" * 60 + "\n")
    variables = FIT | {"IFN_SECRET_KEY_FILE": str(file)}
    del variables["IFN_SECRET_KEY"]

    assert start(variables, "len(settings.SECRET_KEY)").stdout.strip() == "60"


@pytest.fixture
def variable(monkeypatch):
    """Set a variable, and forget afterwards that it was asked for."""
    monkeypatch.setattr(environment, "asked", set())
    return lambda name, value: monkeypatch.setenv(name, str(value))


def test_a_secret_is_given_in_one_way_only(variable, tmp_path):
    (tmp_path / "word").write_text("from file")
    variable("WORD", "from variable")
    variable("WORD_FILE", tmp_path / "word")

    with pytest.raises(ImproperlyConfigured, match="WORD or WORD_FILE, not both"):
        environment.secret("WORD")


@pytest.mark.parametrize("content", [None, "", " \n", b"\xff\xfe rahasia"])
def test_a_secret_file_without_a_secret_is_refused_without_showing_it(variable, tmp_path, content):
    file = tmp_path / "word"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    variable("WORD_FILE", file)

    with pytest.raises(ImproperlyConfigured, match="WORD_FILE") as refused:
        environment.secret("WORD")

    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("yes", True), ("ON", True), (" 1 ", True), ("true", True), ("no", False), ("", False)],
)
def test_yes_and_no_are_understood(variable, typed, meant):
    variable("FLAG", typed)

    assert environment.flag("FLAG", default=not meant) is meant


def test_what_is_neither_yes_nor_no_or_no_number_is_refused(variable):
    variable("X", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="yes or no"):
        environment.flag("X", default=True)
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        environment.number("X", 1)


def test_words_are_parted_by_commas(variable):
    variable("WORDS", " a, b ,,c")

    assert environment.words("WORDS") == ["a", "b", "c"]


def test_a_postgresql_address_is_taken_apart():
    found = environment.database(
        "postgresql://ifn%40office:p%2Fw%23d@db.example:6432/ifn?sslmode=verify-full"
    )

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "ifn")
    assert (found["USER"], found["PASSWORD"]) == ("ifn@office", "p/w#d")
    assert found["OPTIONS"]["sslmode"] == "verify-full"


@pytest.mark.parametrize(
    ("query", "threshold"),
    [
        ("", environment.PREPARED_AFTER),
        ("prepare_threshold=none", None),
        ("prepare_threshold=9", 9),
    ],
)
def test_repeated_statements_are_planned_once_unless_a_pooler_forbids(query, threshold):
    options = environment.database(f"postgresql://h/ifn?{query}")["OPTIONS"]

    assert options == {"server_side_binding": True, "prepare_threshold": threshold}


def test_a_threshold_that_is_no_number_is_refused():
    with pytest.raises(ImproperlyConfigured, match="whole number or none"):
        environment.database("postgresql://h/ifn?prepare_threshold=soon")


def test_a_postgresql_socket_is_named_in_the_query():
    found = environment.database("postgresql:///ifn?host=/var/run/postgresql&user=ifn")

    assert (found["HOST"], found["NAME"]) == ("/var/run/postgresql", "ifn")
    assert set(found["OPTIONS"]) == {"user", "server_side_binding", "prepare_threshold"}


@pytest.mark.parametrize(
    ("address", "file"),
    [("sqlite:///var/x.sqlite3", "var/x.sqlite3"), ("sqlite:////srv/a%20b.db", "/srv/a b.db")],
)
def test_an_sqlite_address_names_a_file(address, file):
    found = environment.database(address)

    assert found["NAME"] == file
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ifn.sqlite3",
        "mysql://u:rahasia@h/ifn",
        "postgresql://u:rahasia@h:port/ifn",
        "postgresql://u:rahasia@h",
        "sqlite:///",
        "postgresql://[u:rahasia@h/ifn",
    ],
)
def test_an_impossible_address_is_refused_without_its_password(address):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        environment.database(address)

    assert "rahasia" not in str(refused.value)
