"""Tell those whom a batch concerns: what was decided about them, what changes for all.

Whoever has an account finds it among the notices; firms without people get a letter. Nobody is
behind invented firms, so nobody is written to there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.directory.actions.confirming import language_of, own_addresses_of, people_of
from ifn.notices.actions import News, tell_many, write_to_address
from ifn.notices.kinds import PROGRAMMES
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of
from ifn.notices.values import day, in_each_language
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Batch, Registration
from ifn.programmes.tokens import for_participant

_STOPS: Final = (Batch.State.POSTPONED, Batch.State.CANCELLED)


def link_of(registration: Registration, language: str, *, at: datetime) -> str:
    """Return the whole address of a participant's own page, which needs no account."""
    with translation.override(language):
        token = for_participant(registration.pk, localdate(at))
        path = reverse("programmes:participant", args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def people_told(registration: Registration) -> list[User]:
    """Return who of a participant has an account: the firm's people, and whoever comes."""
    people = people_of(registration.business)
    if registration.person and registration.person.is_active:
        people.append(registration.person)
    return people


def path_to_question(registration: Registration, wave: Wave) -> str:
    """Return where those with accounts say what has changed, as notices keep it."""
    return path_of("programmes:outcome", str(registration.pk), wave)


def tell_registration(registration: Registration, batch: Batch, *, at: datetime) -> int:
    """Tell a firm, and the person who comes, how its registration stands.

    Return how many letters go out at once.
    """
    state = registration.state
    facts = {"state": state, "reason": registration.reason}
    words = "registered" if registration.is_undecided else state
    return _write(registration, batch, "registration", facts, words, at=at)


def tell_everybody(batch: Batch, what: str, *, reason: str, at: datetime) -> int:
    """Tell everybody who is still in a batch what changed: its state or its days."""
    found = Registration.objects.filter(batch=batch).exclude(state__in=Registration.GONE)
    chosen = found.select_related("business", "person").order_by("pk")
    facts = {"what": what, "reason": reason}
    words = what if what in {*_STOPS, "days"} else "goes_on"
    return sum(_write(one, batch, "batch", facts, words, at=at) for one in chosen)


def _write(  # about whom and what, in which words
    registration: Registration,
    batch: Batch,
    template: str,
    facts: dict[str, Any],
    words: str,
    *,
    at: datetime,
) -> int:
    business = registration.business
    if batch.is_demo or business.is_demo:
        return 0

    def told(language: str) -> Mapping[str, Any]:
        where = (batch.address, batch.region.name if batch.region else "")
        return facts | {
            "title": batch.title,
            "firm": business.name,
            "name": registration.name,
            "starts_on": batch.starts_on,
            "ends_on": batch.ends_on,
            "place": ", ".join(filter(None, where)),
            "page": f"{settings.PUBLIC_ADDRESS}{batch.get_absolute_url()}",
            "link": link_of(registration, language, at=at),
            "is_seated": registration.seat is not None,
        }

    mail = Mail(f"programmes/mail/{template}", f"programmes.{template}", told, is_secret=True)
    news = News(
        f"programmes.{words}",
        path_of("programmes:own", str(registration.pk)),
        {
            "title": in_each_language(lambda: batch.title),
            "firm": business.name,
            "why": facts["reason"] or "–",
            "first": day(batch.starts_on),
            "last": day(batch.ends_on),
        },
    )
    people = people_of(business)
    is_reached = any(one.email for one in people)
    if registration.person and registration.person.is_active:
        people.append(registration.person)
    key = f"programmes:{template}:{registration.pk}:{at.isoformat()}"
    written = tell_many(people, news, key=key, at=at, mail=mail)
    for place, address in enumerate([] if is_reached else own_addresses_of(business)):
        written += write_to_address(
            address, mail, language_of(business), kind=PROGRAMMES, key=f"{key}:{place}", at=at
        )
    return written
