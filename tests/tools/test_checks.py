import sys

from tools import checks, deadcode


def test_a_failing_check_shows_what_it_says_and_fails_the_run(monkeypatch, capsys):
    monkeypatch.setattr(
        checks,
        "CHECKS",
        [
            checks.Check("good", (sys.executable, "-c", "print('quiet')")),
            checks.Check("bad", (sys.executable, "-c", "raise SystemExit('what is wrong')")),
        ],
    )

    status = checks.main()

    said = capsys.readouterr().out
    assert status == 1
    assert "what is wrong" in said
    assert "quiet" not in said


def test_checks_that_pass_pass(monkeypatch, capsys):
    monkeypatch.setattr(checks, "CHECKS", [checks.Check("good", (sys.executable, "-c", ""))])

    assert checks.main() == 0
    assert "ok" in capsys.readouterr().out


def test_every_part_of_the_house_is_checked():
    assert {check.name for check in checks.CHECKS} == {
        "types",
        "lint",
        "format",
        "boundaries",
        "migrations",
        "messages",
        "dead code",
        "architecture",
        "API contract",
    }


def test_dead_code_is_found_and_columns_are_left_alone(tmp_path):
    (tmp_path / "room.py").write_text(
        "def nobody_calls_this_function():\n"
        "    return 1\n"
        "def called():\n"
        "    return 2\n"
        "class Row:\n"
        "    column = called()\n"
        "print(Row)\n"
    )

    found = deadcode.dead([tmp_path])

    assert len(found) == 1
    assert "nobody_calls_this_function" in found[0]


def test_what_is_kept_is_kept_for_a_reason():
    for line in deadcode.KEPT.read_text().splitlines():
        assert line.startswith("#") or len(line.split(maxsplit=1)) == 2, line
