"""A person's own registrations, and that of a business or a person in one batch."""

from collections.abc import Sequence

from django.db.models import Q

from ifn.accounts.models import User
from ifn.directory.models import Business, Membership
from ifn.programmes.models import Batch, Certificate, Registration, RegistrationStep
from ifn.programmes.policies import SPEAKS


def own_registrations(user: User) -> list[Registration]:
    """Return the registrations of a person's businesses, and those for which they come."""
    found = Registration.objects.filter(_of_own(user))
    chosen = found.select_related("batch__region", "business")
    return list(chosen.order_by("-batch__starts_on", "-pk"))


def own_in(batch: Batch, user: User) -> list[Registration]:
    """Return a person's own registrations in one batch."""
    found = Registration.objects.filter(_of_own(user), batch=batch)
    return list(found.select_related("batch__region", "business").order_by("pk"))


def _of_own(user: User) -> Q:
    """Return the condition that a registration is a person's, or a business's of theirs.

    A profile that was merged keeps what could not go along; the people of the kept one see it.
    """
    mine = Membership.objects.filter(person=user).values("business")
    return Q(business__in=mine) | Q(business__merged_into__in=mine) | Q(person=user)


def seats_of(batch: Batch, user: User) -> list[Registration]:
    """Return the seats that a person, or a business of theirs, has in a batch."""
    return [one for one in own_in(batch, user) if one.seat is not None]


def businesses_to_register(user: User) -> list[Business]:
    """Return the businesses in whose name a person may register, by name."""
    speaks = Membership.objects.filter(person=user, role__in=SPEAKS).values("business")
    found = Business.objects.filter(pk__in=speaks, kind=Business.Kind.BUSINESS)
    return list(found.exclude(status=Business.Status.MERGED).order_by("name", "pk"))


def registration_of(pk: int) -> Registration | None:
    """Return a registration with its batch and business, or nothing."""
    found = Registration.objects.filter(pk=pk)
    return found.select_related("batch__region", "business__merged_into", "person").first()


def steps_of(registration: Registration) -> list[RegistrationStep]:
    """Return what was decided about a registration, the latest first."""
    return list(registration.steps.select_related("person").order_by("-at", "-pk"))


def decisions_of(registrations: Sequence[Registration]) -> dict[int, RegistrationStep]:
    """Return the last decision about each registration, with what the rule proposed then."""
    state = Registration.State
    rows = RegistrationStep.objects.filter(
        registration__in=[one.pk for one in registrations],
        state__in=[state.ACCEPTED, state.WAITING, state.REFUSED],
    )
    return {one.registration_id: one for one in rows.order_by("at", "pk")}


def certificates_of(registration: Registration) -> list[Certificate]:
    """Return the certificates of a participant that hold."""
    return list(registration.certificates.filter(withdrawn_at=None).order_by("kind"))


def place_in_line(registration: Registration) -> int | None:
    """Return how many wait up to this one: 1 is next; nothing for who does not wait."""
    if registration.line is None:
        return None
    ahead = Registration.objects.filter(batch=registration.batch_id, line__lte=registration.line)
    return ahead.count()
