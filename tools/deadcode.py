"""Find code that nothing uses; being used by tests alone does not count as use.

Columns, choices and fields of dataclasses are left alone: what reads them is often a template, a
query by keyword or the database.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"function", "method", "class", "property", "import", "unreachable_code"}
#: One name a line, then the reason why it stays although no line of ours uses it.
KEPT = Path(__file__).with_name("deadcode.txt")
#: What Django and the standard library call by name.
CALLED_FROM_OUTSIDE = [
    *("*Config", "Command", "Meta", "handler4*", "handler500"),
    *("clean", "clean_*", "handle", "add_arguments", "format", "write", "flush", "isatty"),
    *("get_absolute_url", "get_by_natural_key", "natural_key", "get_short_name"),
    *(
        "authenticate",
        "get_user",
        "process_view",
        "get_model_class",
        "get_session_auth_fallback_hash",
        "deconstruct",
        "to_url",
        "get_result",
        "handle_starttag",
        "handle_data",
    ),
]
DECORATORS = ["@register.*", "@access.*", "@api.*", "@task*", "@receiver*"]
WORD = re.compile(r"[A-Za-z_]\w+")


def kept() -> set[str]:
    """Return the names that stay for a written reason."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    return {line.split(maxsplit=1)[0] for line in lines if line and not line.startswith("#")}


def named_in_text() -> set[str]:
    """Return words of templates, and of the dotted names that settings give to Django."""
    found: set[str] = set()
    for template in (ROOT / "ifn").rglob("templates/**/*.*"):
        found.update(WORD.findall(template.read_text(encoding="utf-8")))
    for name in ("ifn/settings.py", "pyproject.toml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for dotted in re.findall(r'"(ifn[\w.:]+)"', text):
            found.update(WORD.findall(dotted))
    return found


def dead(folders: list[Path]) -> list[str]:
    """Return a line for each thing that nothing uses."""
    search = Vulture(ignore_names=CALLED_FROM_OUTSIDE, ignore_decorators=DECORATORS)
    search.scavenge([str(folder) for folder in folders])
    spared = kept() | named_in_text()
    return [
        f"{item.filename}:{item.first_lineno}: nothing uses the {item.typ} {item.name!r}"
        for item in search.get_unused_code(min_confidence=60)
        if item.typ in KINDS and item.name not in spared and "migrations" not in item.filename.parts
    ]


def main() -> int:
    """Print what is dead, and return 1 when anything is."""
    found = dead([ROOT / name for name in ("ifn", "tools", "benchmarks")])
    print("\n".join(found) or "Everything is used.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
