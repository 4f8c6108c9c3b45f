"""Sizes, inline code, words that do not belong, and documents that point at each other."""

import re
import shutil
import subprocess
from importlib import metadata

import pytest

from tests.architecture import reading
from tests.architecture.reading import IFN, ROOT, TEMPLATES, short

LONGEST = 400
SOURCES = sorted(
    path
    for name in ("ifn", "tools", "benchmarks", "tests")
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.parts
)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_no_file_is_longer_than_a_reader_holds_in_mind():
    long = {str(path.relative_to(ROOT)): lines(path) for path in SOURCES if lines(path) > LONGEST}

    assert long == {}


def lines(path):
    return path.read_text().count("\n")


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_templates_hold_no_inline_style_or_script(template):
    assert reading.inline_parts(template.read_text()) == []


def test_html_made_in_python_holds_no_inline_style_or_script():
    found = {
        short(path): parts
        for path in IFN.rglob("*.py")
        if (parts := reading.inline_parts(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<script type="module">go()</script>',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_parts_are_found(bad):
    assert len(reading.inline_parts(bad)) == 1


@pytest.mark.parametrize(
    "good",
    [
        '<script src="/static/ui/js/ifn.js" type="module"></script>',
        '<script type="application/ld+json">{}</script>',
        '<section class="style" data-on="x">one=two</section>',
    ],
)
def test_outside_scripts_and_data_are_not_inline(good):
    assert reading.inline_parts(good) == []


def links(page):
    """Return the files a page links to or names by path."""
    text = page.read_text()
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            yield page.parent / target
    for target in re.findall(r"`((?:docs|tools|ifn|tests|benchmarks)/[\w/.-]+\.(?:md|py))`", text):
        yield ROOT / target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_point_at_files_that_exist(page):
    missing = [str(target) for target in links(page) if not target.exists()]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_name_commands_that_exist(page):
    known = set(
        re.search(r"^TARGETS := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    )
    named = set(re.findall(r"`make ([\w-]+)", page.read_text()))

    assert named <= known


DOT, SLASH = r"\.", "/"
#: Written in pieces, so that this file does not find itself.
FOREIGN = re.compile(
    f"pypi{DOT}org|files{DOT}pythonhosted|npmjs{DOT}org|{SLASH}work/(?:main|shared)|{DOT}{DOT}/shared"
)


def tracked():
    git = shutil.which("git")
    if not git:
        return []
    listed = subprocess.run(  # noqa: S603  # git, with words of our own
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_the_repository_names_no_package_host_and_nobodys_folders():
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.exists() and FOREIGN.search(path.read_bytes().decode(errors="ignore"))
    ]

    assert found == []


#: What may go into a program under the AGPL; see docs/decisions/0001-licence.md.
COMPATIBLE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|Mozilla|MPL|LGPL|Lesser|HPND|CNRI|Unlicense|Zlib|0BSD",
    re.IGNORECASE,
)


def licences(name):
    facts = metadata.metadata(name)
    classifiers = [
        text for text in facts.get_all("Classifier", []) if text.startswith("License ::")
    ]
    return " ".join(
        [facts.get("License-Expression") or "", (facts.get("License") or "")[:200], *classifiers]
    )


def installed():
    """Return the locked packages that this platform and Python really need."""
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if found := re.match(r"([\w.-]+)==", line):
            try:
                metadata.version(found[1])
            except metadata.PackageNotFoundError:
                continue
            yield found[1]


@pytest.mark.parametrize("name", list(installed()))
def test_dependencies_may_be_part_of_a_program_under_this_licence(name):
    assert COMPATIBLE.search(licences(name)), licences(name)


def test_the_development_lock_holds_every_line_of_the_other():
    running, developing = (
        set(re.findall(r"^[\w.-]+==[\w.]+", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert running - developing == set()
    assert len(running) > 15
