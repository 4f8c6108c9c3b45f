"""What is said to have been verified of the invented businesses, with papers that say so."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from ifn.demo.facts import DemoBusiness
from ifn.directory.actions.verifying import STORAGE
from ifn.directory.evidence import prepare
from ifn.directory.models import Business, Verification
from ifn.directory.verified import usual_end

#: How many of a hundred businesses were checked, by topic, and what the note says.
SHARES: Final = {
    "legality": (45, "Contoh: NIB dan akta dicocokkan."),
    "capability": (25, "Contoh: sampel dan mesin dilihat."),
    "place": (35, "Contoh: bengkel dikunjungi."),
    "order": (12, "Contoh: pembeli mengonfirmasi pengiriman."),
}
#: Checked so many days ago at most, so that some have expired and some end soon.
OLDEST_DAYS: Final = 800
#: Of a hundred visits so many were made by the Dinas of the place.
BY_DINAS: Final = 50


def verifications_of(
    one: DemoBusiness, *, seed: int, at: datetime, today: date
) -> Iterator[Verification]:
    """Yield the checks of a written business, without rows yet; variations have none."""
    if one.is_variation or one.profile.kind == Business.Kind.ORGANISATION:
        return
    random = Random(f"{seed}:proof:{one.slug}")  # noqa: S311  # invented facts, not secrets
    for topic, (share, note) in SHARES.items():
        is_checked = random.randrange(100) < share
        checked_on = today - timedelta(days=random.randrange(OLDEST_DAYS))
        is_by_dinas = topic == Verification.Topic.PLACE and random.randrange(100) < BY_DINAS
        if is_checked:
            name, digest = _paper(one, topic)
            yield Verification(
                topic=topic,
                checked_on=checked_on,
                expires_on=usual_end(topic, checked_on),
                office_id=one.profile.region if is_by_dinas else None,
                note=note,
                evidence=name,
                digest=digest,
                made_at=at,
            )


def _paper(one: DemoBusiness, topic: str) -> tuple[str, str]:
    """Store a paper that says it is none; return its name and digest."""
    name = f"verifications/demo/{one.slug[:40]}-{topic}.pdf"
    evidence = prepare(_pdf(f"CONTOH / DEMO: {one.slug}, {topic}"))
    if not storages[STORAGE].exists(name):
        storages[STORAGE].save(name, ContentFile(evidence.content))
    return name, evidence.digest


def _pdf(text: str) -> bytes:
    """Return a page with one line; the text has no brackets and no letters beyond ASCII."""
    drawn = f"BT /F1 18 Tf 60 760 Td ({text}) Tj ET"
    page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< {page} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    table = f"xref\n0 {count}\n0000000000 65535 f \n{entries}"
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return (written + table + trailer).encode("ascii")
