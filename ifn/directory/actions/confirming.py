"""Whether a profile's facts still hold: asked by message, answered by link, phone or edit."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import stilltrue
from ifn.directory.actions.profiles import ChangedMeanwhile, lock
from ifn.directory.freshness import months_before
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Asking, Business, BusinessQuerySet, Contact, Membership
from ifn.directory.queries import pictures_of, profile_of
from ifn.mail.actions import send_template

#: Ways of confirming, as the record has them.
BY_LINK, BY_PHONE = "link", "phone"
#: Asked so many months before the profile would say that it is old.
AHEAD = 1
#: Profiles asked in one piece of work.
BATCH = 50


class NotListed(Exception):  # noqa: N818
    """The profile is not shown to anybody, so there is nothing to confirm."""


@transaction.atomic
def confirm(
    business: Business, *, on: date, actor: User | None, at: datetime, way: str = BY_PHONE
) -> bool:
    """Note that everything stated was still true on that day; say whether that is news.

    A day not later than the one noted before changes nothing and leaves no line.
    """
    lock(business)
    before = business.confirmed_on
    if before and before >= on:
        return False
    business.confirmed_on = on
    business.save(update_fields=["confirmed_on"])
    put_in_lists(business, profile_of(business), pictures_of(business))
    record(
        f"directory.business.confirmed.{way}",
        business,
        actor=actor,
        at=at,
        before={"confirmed_on": before},
        after={"confirmed_on": on},
        way=way,
    )
    return True


@transaction.atomic
def confirm_by_link(
    business: Business, asked: stilltrue.Asked, *, version: int, on: date, at: datetime
) -> bool:
    """Note that whoever had the link says that all is true; say whether that is news.

    Raises:
        ChangedMeanwhile: The facts are not those that were shown; nothing was written.
        NotListed: The profile was hidden meanwhile.

    """
    lock(business)
    if business.status != Business.Status.LISTED:
        raise NotListed
    if asked.is_answered(business):
        return False
    if business.version != version:
        raise ChangedMeanwhile
    return confirm(business, on=on, actor=None, at=at, way=BY_LINK)


def due(today: date) -> BusinessQuerySet:
    """Return the profiles whose people are to be asked: confirmed long ago, and not asked since.

    What nobody ever confirmed is not asked about by message: the office calls first. Invented
    profiles have nobody to ask.
    """
    asked = Asking.objects.filter(business=OuterRef("pk"), confirmed_on=OuterRef("confirmed_on"))
    before = months_before(today, max(1, settings.STALE_MONTHS - AHEAD))
    found = Business.objects.listed().filter(is_demo=False, confirmed_on__lte=before)
    return found.filter(~Exists(asked)).order_by("pk")


def ask_those_due(*, on: date, at: datetime) -> int:
    """Ask about the next profiles that are due and return how many there were."""
    found = list(due(on)[:BATCH])
    for business in found:
        ask_to_confirm(business, on=on, at=at)
    return len(found)


@transaction.atomic
def ask_to_confirm(business: Business, *, on: date, at: datetime) -> int:
    """Ask the people of a profile whether it still holds; return how many messages were written.

    Asked twice for one confirmation, nothing is written the second time.
    """
    lock(business)
    is_listed = business.status == Business.Status.LISTED
    if not is_listed or business.is_demo or business.confirmed_on is None:
        return 0
    asking, is_new = Asking.objects.get_or_create(
        business=business,
        confirmed_on=business.confirmed_on,
        defaults={"asked_at": at, "messages": 0},
    )
    if not is_new:
        return 0
    addresses = addresses_of(business)
    for place, address in enumerate(addresses):
        _write(business, address, place, on=on, at=at)
    asking.messages = len(addresses)
    asking.save(update_fields=["messages"])
    record("directory.business.asked", business, actor=None, at=at, messages=len(addresses))
    return len(addresses)


def people_of(business: Business) -> list[User]:
    """Return whom to tell something about a profile: its owners and editors, each once."""
    roles = [Membership.Role.OWNER, Membership.Role.EDITOR]
    found = Membership.objects.filter(business=business, role__in=roles, person__is_active=True)
    return [one.person for one in found.select_related("person").order_by("pk")]


def addresses_of(business: Business) -> list[str]:
    """Return where to ask: at its owners and editors, else at the profile's own address."""
    people = [one.email for one in people_of(business) if one.email]
    return [one for one in dict.fromkeys(people) if _is_address(one)] or own_addresses_of(business)


def own_addresses_of(business: Business) -> list[str]:
    """Return the profile's own addresses, the first of its contacts first."""
    own = Contact.objects.filter(business=business, kind=Contact.Kind.EMAIL)
    found = own.order_by("position", "pk").values_list("value", flat=True)
    return [address for address in dict.fromkeys(found) if address and _is_address(address)]


def language_of(business: Business) -> str:
    """Return the language in which a profile's people are written to."""
    languages = set(business.languages.values_list("code", flat=True))
    return "en" if "en" in languages and "id" not in languages else "id"


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def link_to(business: Business, today: date, language: str) -> str:
    """Return the whole address of a link made today."""
    with translation.override(language):
        path = reverse("directory:still-true", args=[stilltrue.token_for(business, today)])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _write(business: Business, address: str, place: int, *, on: date, at: datetime) -> None:
    language = language_of(business)
    context = {
        "name": business.name,
        "number": business.public_number,
        "confirmed": business.confirmed_on,
        "link": link_to(business, on, language),
        "until": on + stilltrue.VALID,
        "months": settings.STALE_MONTHS,
    }
    send_template(
        "directory/mail/still_true",
        context,
        language,
        to=address,
        kind="directory.still-true",
        at=at,
        key=f"still-true:{business.number}:{business.confirmed_on}:{place}",
    )
