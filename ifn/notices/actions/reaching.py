"""Find out whether messages reach an address again that the mail server refused."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.mail.actions import forget_refusal, send_template
from ifn.mail.models import Refusal
from ifn.notices.queries import refusal_of
from ifn.notices.tokens import to_reach


@transaction.atomic
def ask_whether_reached(person: User, *, at: datetime) -> bool:
    """Send a link to a refused address, once a day; say whether it is refused at all."""
    refusal = refusal_of(person)
    if refusal is None:
        return False
    with translation.override(person.language):
        path = reverse("notices:reached", args=[to_reach(refusal.pk)])
    send_template(
        "notices/mail/reached",
        {"name": person.name, "address": f"{settings.PUBLIC_ADDRESS}{path}"},
        person.language,
        to=refusal.address,
        kind="notices.reached",
        at=at,
        key=f"notices.reached:{refusal.pk}:{at.date().isoformat()}",
    )
    record("notices.address.asked", person, actor=person, at=at)
    return True


@transaction.atomic
def note_reached(refusal: Refusal, *, at: datetime) -> None:
    """Note that a link sent to a refused address was opened: messages go there again."""
    person = User.objects.filter(email=refusal.address).first()
    if forget_refusal(refusal.address) and person:
        record("notices.address.confirmed", person, actor=None, at=at)
