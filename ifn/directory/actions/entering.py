"""A profile as a person sends it by a form: entered once, however often it is sent."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.queries import history_of
from ifn.directory.actions.consenting import Consenting, allowed
from ifn.directory.actions.profiles import register
from ifn.directory.models import Business, Source
from ifn.directory.profile import Profile, changed_fields
from ifn.directory.queries import profile_of

#: A form sent again, by a second click or because the answer was lost, comes within this time.
AGAIN_WITHIN = timedelta(minutes=10)


@transaction.atomic
def enter(  # noqa: PLR0913  # as for registering
    profile: Profile,
    *,
    source: Source,
    stated_on: date,
    actor: User,
    at: datetime,
    status: str = Business.Status.LISTED,
    consenting: Consenting | None = None,
) -> Business:
    """Register a profile, or return the one that this person entered with these facts just now.

    Raises:
        UnknownTerm: A capability or certificate is in no vocabulary.

    """
    profile = allowed(profile, consenting)
    # Two requests of one person wait for each other here; on SQLite transactions do so anyway.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    again = entered_just_now(profile, actor=actor, at=at)
    if again is not None and again.status == status:
        return again
    return register(
        profile,
        source=source,
        stated_on=stated_on,
        actor=actor,
        at=at,
        status=status,
        consenting=consenting,
    )


def entered_just_now(profile: Profile, *, actor: User, at: datetime) -> Business | None:
    """Return the profile that this person entered with these very facts a moment ago."""
    just_now = Business.objects.filter(
        status__in=[Business.Status.LISTED, Business.Status.DRAFT],
        updated_at__gte=at - AGAIN_WITHIN,
        name=profile.name,
    )
    for business in just_now.order_by("-pk"):
        if not changed_fields(profile_of(business), profile) and _entered(business, by=actor):
            return business
    return None


def _entered(business: Business, *, by: User) -> bool:
    entries = history_of(business).filter(event="directory.business.registered", actor=by)
    return entries.exists()
