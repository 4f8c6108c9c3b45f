"""Certificates as PDF: plain values in, bytes out. The one module that knows the typesetter."""

import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import segno
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

_LAYOUT: Final = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a certificate; ``address`` is that of the page which checks it."""

    kind: str
    name: str
    firm: str
    title: str
    starts_on: date
    ends_on: date
    place: str
    attended: int
    held: int
    share: int
    code: str
    issued_on: date
    address: str
    is_demo: bool = False


def certificate(sheet: Sheet) -> bytes:
    """Return a certificate in Indonesian with English beside it, one page of A4 lying."""
    import typst  # noqa: PLC0415  # 80 MB that only workers need

    facts = {
        "name": sheet.name,
        "firm": sheet.firm,
        "title": sheet.title,
        "code": sheet.code,
        "square": _square(sheet.address),
        "address": sheet.address,
        "id": _words(sheet, "id"),
        "en": _words(sheet, "en"),
    }
    made = typst.compile(
        _LAYOUT.read_bytes(), format="pdf", sys_inputs={"facts": json.dumps(facts)}
    )
    return bytes(made)


def _square(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue().decode()


def _words(sheet: Sheet, language: str) -> dict[str, str]:
    with translation.override(language):
        days = {
            "first": date_format(sheet.starts_on, "j F Y"),
            "last": date_format(sheet.ends_on, "j F Y"),
        }
        when = (
            _("%(first)s to %(last)s") % days if sheet.starts_on < sheet.ends_on else days["first"]
        )
        number = {"attended": sheet.attended, "held": sheet.held, "share": sheet.share}
        completed = _(
            "attended %(attended)d of %(held)d sessions (at least %(share)d%% is asked) and "
            "completed"
        )
        says = (
            completed
            if sheet.kind == "completion"
            else _("attended %(attended)d of %(held)d sessions of")
        )
        return {
            "heading": _("Certificate of completion")
            if sheet.kind == "completion"
            else _("Certificate of attendance"),
            "says": says % number,
            "when": " · ".join(filter(None, (when, sheet.place))),
            "issued": _("Issued on %(day)s") % {"day": date_format(sheet.issued_on, "j F Y")},
            "check": _("Check this certificate"),
            "demo": _("Demo: invented people and firms") if sheet.is_demo else "",
        }
