"""Addresses that a chain leads to."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from ifn.connections.chaining.facts import Brief


def enquiry_address(firms: Sequence[str], brief: Brief) -> str:
    """Return where one enquiry to these firms is begun, with the brief's quantity and time.

    ``firms`` are public numbers as stored, ``MOST_FIRMS`` of them at most.
    """
    here = reverse("connections:compose").removesuffix("rantai/susun")
    asked = [("ke", number) for number in firms]
    asked += [("jumlah", str(brief.pairs)), ("hari", str(brief.deadline_days))]
    return f"{here}pertanyaan/baru?{urlencode(asked)}"


def form_again(brief: Brief, **changed: str) -> str:
    """Return where the form stands, filled in as it was but for what is changed."""
    given = {
        "product": brief.product,
        "upper": brief.upper,
        "construction": brief.construction,
        "sole": brief.sole,
        "pairs": str(brief.pairs),
        "days": str(brief.deadline_days),
        "place": brief.region,
        **{name: str(getattr(brief.emphasis, name)) for name in brief.emphasis.__slots__},
        **changed,
    }
    certificates = [("certificates", code) for code in sorted(brief.certificates)]
    return f"{reverse('connections:compose')}?{urlencode([*given.items(), *certificates])}"
