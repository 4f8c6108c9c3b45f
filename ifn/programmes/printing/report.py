"""The report of a batch as PDF: plain values in, bytes out."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.programmes.reporting.parts import Bars, Cell, Report, Section, Shot, Table
from ifn.ui.numbers import readable

_LAYOUT: Final = Path(__file__).with_name("report.typ")
#: A table with more columns is set smaller.
_WIDE: Final = 8
#: Beside each other columns are so wide at least, and so wide for long texts.
_NARROWEST, _WIDEST = 5, 22


def pdf(report: Report, pictures: Mapping[int, tuple[str, bytes]], language: str) -> bytes:
    """Return the report as pages of A4; ``pictures`` are kind and content by the key of a shot."""
    import typst  # noqa: PLC0415  # 80 MB that only workers need

    with TemporaryDirectory() as folder, translation.override(language):
        root = Path(folder)
        names = {}
        for key, (kind, content) in pictures.items():
            names[key] = f"{key}.{kind}"
            (root / names[key]).write_bytes(content)
        (root / "facts.json").write_text(json.dumps(_facts(report, names, language)))
        (root / "report.typ").write_bytes(_LAYOUT.read_bytes())
        return bytes(typst.compile(str(root / "report.typ"), root=folder, format="pdf"))


def _facts(report: Report, names: Mapping[int, str], language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": report.title,
        "code": report.code,
        "subtitle": report.subtitle,
        "network": "Indonesia Footwear Network",
        "heading": _("Programme report"),
        "made": _("Made on %(day)s, answers up to: %(when)s")
        % {"day": date_format(report.made_on, "j F Y"), "when": report.wave},
        "demo": _("Demo: invented people and firms") if report.is_demo else "",
        "page": _("Page"),
        "sections": [_section(one, names) for one in report.sections],
        "rows": [_table(one) for one in report.tables if one.is_rows],
        "rows_heading": _("The rows behind the figures"),
    }


def _section(one: Section, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "title": one.title,
        "words": list(one.words),
        "figures": [asdict(each) for each in one.figures],
        "charts": [_bars(each) for each in one.charts],
        "tables": [_table(each) for each in one.tables if not each.is_rows],
        "lists": [{"title": title, "items": list(items)} for title, items in one.lists],
        "pictures": [
            {
                "before": _shot(pair.before, names),
                "after": _shot(pair.after, names),
                "words": [_("Before"), _("After")],
            }
            for pair in one.pictures
        ],
    }


def _bars(one: Bars) -> dict[str, Any]:
    top = max((value for _label, value in one.bars), default=0) or 1
    rows = [[label, 100 * value / top, f"{readable(value)}{one.unit}"] for label, value in one.bars]
    return {"title": one.title, "rows": rows}


def _table(one: Table) -> dict[str, Any]:
    rows = [[cell(each) for each in row] for row in one.rows]
    return {
        "title": one.title,
        "head": list(one.head),
        "rows": rows,
        "numbers": sorted(one.numbers),
        "note": one.note,
        "wide": len(one.head) > _WIDE,
        "weights": _weights(one.head, rows),
    }


def _weights(head: Any, rows: Any) -> list[int]:
    """Return how wide columns are beside each other: by their longest words and texts."""
    found = []
    for title, *column in zip(head, *rows, strict=True):
        word = max(len(word) for text in (title, *column, ".") for word in text.split())
        text = max(map(len, column), default=0)
        found.append(max(_NARROWEST, word, min(_WIDEST, text * 2 // 3)))
    return found


def _shot(one: Shot | None, names: Mapping[int, str]) -> dict[str, str] | None:
    if one is None or one.key not in names:
        return None
    return {"file": names[one.key], "caption": one.caption, "source": one.source}


def cell(value: Cell) -> str:
    """Return a cell as people read it in the language in force."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return value if isinstance(value, str) else readable(value)
