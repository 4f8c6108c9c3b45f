import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An environment that looks installed, in a project of its own."""
    for name in (bootstrap.RUN, bootstrap.DEVELOP):
        (tmp_path / name).write_text(f"{name}==1\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "HOME", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.write_text("")
    bootstrap.stamp(bootstrap.RUN).write_text(bootstrap.fingerprint(bootstrap.RUN))
    return tmp_path


def test_a_prepared_environment_is_left_alone(home, monkeypatch):
    monkeypatch.setattr(bootstrap, "install", pytest.fail)

    bootstrap.prepare(bootstrap.RUN)


@pytest.mark.parametrize("what", ["lock", "python", "stamp", "place"])
def test_a_changed_environment_is_prepared_again(home, monkeypatch, what):
    if what == "lock":
        (home / bootstrap.RUN).write_text("other==1\n")
    elif what == "python":
        bootstrap.PYTHON.unlink()
    elif what == "stamp":
        bootstrap.stamp(bootstrap.RUN).unlink()
    else:
        text = bootstrap.fingerprint(bootstrap.RUN)
        monkeypatch.setattr(bootstrap, "ROOT", home / "moved")
        (home / "moved").mkdir()
        (home / "moved" / bootstrap.RUN).write_bytes((home / bootstrap.RUN).read_bytes())
        assert bootstrap.fingerprint(bootstrap.RUN) != text

    assert not bootstrap.is_ready(bootstrap.RUN)


def test_an_environment_for_running_is_not_one_for_developing(home):
    assert bootstrap.is_ready(bootstrap.RUN)
    assert not bootstrap.is_ready(bootstrap.DEVELOP)


def test_the_project_becomes_importable_and_gets_its_command(home):
    packages = home / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)

    bootstrap.make_importable()

    assert (packages / "ifn.pth").read_text() == f"{home}\n"
    assert os.access(home / ".venv" / "bin" / "ifn", os.X_OK)


def test_unknown_words_are_refused_in_a_sentence():
    done = subprocess.run(
        [sys.executable, "tools/bootstrap.py", "fly"], cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.decode().startswith("ifn: say one of: run, ")


def test_an_old_python_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    monkeypatch.setattr(bootstrap, "NEWER", ("no-such-python",))

    with pytest.raises(SystemExit, match=r"Python 9\.0 or newer is needed"):
        bootstrap.main(["run"])


def test_a_missing_venv_module_is_explained(home, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        bootstrap.make_environment(None)


def test_make_knows_every_word():
    makefile = (ROOT / "Makefile").read_text()
    targets = next(line for line in makefile.splitlines() if line.startswith("TARGETS"))

    assert set(targets.split(":=")[1].split()) == {*bootstrap.WORDS, "lock"}
