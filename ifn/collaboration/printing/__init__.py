"""The hand-out list of a batch as PDF: plain values in, bytes out."""

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_LAYOUT: Final = Path(__file__).with_name("handout.typ")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of the list; ``address`` is that of the page where it signs."""

    name: str
    place: str
    code: str
    address: str
    sizes: str
    pairs: int
    #: Who signed already; empty where nobody did.
    signed: str = ""


@dataclass(frozen=True, slots=True)
class HandOutList:
    """What stands on the list; ``first`` is the number of its first line."""

    title: str
    project: str
    code: str
    network: str
    rule: str
    first: int
    recipients: tuple[Recipient, ...]
    is_demo: bool = False


def hand_out_list(of: HandOutList) -> bytes:
    """Return the list with a line to sign, a code and a square for each recipient; A4 lying."""
    import typst  # noqa: PLC0415  # 80 MB that only who prints needs

    facts = {
        "language": get_language() or "id",
        "title": of.title,
        "project": of.project,
        "code": of.code,
        "network": of.network,
        "rule": _("Shared out by this rule: %(rule)s") % {"rule": of.rule},
        "heading": _("Hand-out list"),
        "head": [
            _("No."),
            _("Business"),
            _("Pairs by size"),
            _("Pairs"),
            _("Code"),
            _("Name and signature"),
        ],
        "note": _("Scan the square to sign by phone, or sign here and have the sheet entered."),
        "demo": _("Demo: invented people and firms") if of.is_demo else "",
        "page": _("Page"),
        "rows": [
            asdict(one) | {"number": number, "square": _square(one.address)}
            for number, one in enumerate(of.recipients, start=of.first)
        ],
    }
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "facts.json").write_text(json.dumps(facts))
        (root / "handout.typ").write_bytes(_LAYOUT.read_bytes())
        return bytes(typst.compile(str(root / "handout.typ"), root=folder, format="pdf"))


def _square(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue().decode()
