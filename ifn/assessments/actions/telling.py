"""Tell a firm's people what became of its assessment."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.assessments.models import Assessment
from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.mail.actions import send_template


def tell(one: Assessment, what: str, *, at: datetime) -> int:
    """Write ``what`` (returned, approved) to a firm's people; return how many messages.

    Told twice of one decision, nothing is written the second time. Invented firms have nobody, and
    the outside of a firm that nobody looks after is not told how it was judged.
    """
    firm = one.firm
    if firm.is_demo:
        return 0
    language = language_of(firm)
    with translation.override(language):
        page = reverse("assessments:assessment", args=[one.uuid])
        name = one.version.instrument.name
    addresses = addresses_of(firm)
    for place, address in enumerate(addresses):
        send_template(
            f"assessments/mail/{what}",
            {
                "firm": firm.name,
                "name": name,
                "reason": one.reason,
                "is_own": one.mode == Assessment.Mode.SELF,
                "page": f"{settings.PUBLIC_ADDRESS}{page}",
            },
            language,
            to=address,
            kind=f"assessments.{what}",
            at=at,
            key=f"assessment-{what}:{one.pk}:{at.isoformat()}:{place}",
        )
    return len(addresses)
