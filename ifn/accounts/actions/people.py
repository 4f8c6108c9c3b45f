"""What happens to people's accounts; each leaves a line in the record."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth import password_validation
from django.db import IntegrityError, transaction

from ifn.accounts import identifiers
from ifn.accounts.actions.sessions import end_sessions
from ifn.accounts.models import Duty, Territory, User
from ifn.accounts.queries import administrators
from ifn.audit.actions import record
from ifn.regions.queries import all_regions


class NoWayToSignIn(Exception):  # noqa: N818
    """Neither an e-mail address nor a phone number was given, or one of them is none."""


class AlreadyTaken(Exception):  # noqa: N818
    """Somebody signs in with this e-mail address or phone number already."""


class NotAnOfficer(Exception):  # noqa: N818
    """Duties are for officers of the network's office."""


class NotARegionalOfficer(Exception):  # noqa: N818
    """A territory is for regional officers."""


class UnknownRegion(Exception):  # noqa: N818
    """There is no region of this code."""


class LastAdministrator(Exception):  # noqa: N818
    """Nobody would be left who can look after people."""


@transaction.atomic
def create_person(  # noqa: PLR0913  # what a person is, and who says so
    *,
    name: str,
    email: str = "",
    phone: str = "",
    password: str | None = None,
    role: str = User.Role.MEMBER,
    is_demo: bool = False,
    language: str = "id",
    actor: User | None,
    at: datetime,
) -> User:
    """Open an account; without a password one signs in to it by a link.

    Raises:
        NoWayToSignIn: No identifier was given, or one cannot be read.
        AlreadyTaken: An identifier belongs to somebody.
        ValidationError: The password is too weak.

    """
    person = User(
        name=name.strip(),
        email=identifiers.email(email) if email else None,
        phone=identifiers.phone(phone) if phone else None,
        role=User.Role(role),
        is_demo=is_demo,
        language=language,
        joined_at=at,
    )
    if not (person.email or person.phone) or (email and not person.email):
        raise NoWayToSignIn
    if phone and not person.phone:
        raise NoWayToSignIn
    if password is not None:
        password_validation.validate_password(password, person)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # everything else the database asks for was seen to above
        raise AlreadyTaken from None
    after = {field: getattr(person, field) for field in ("name", "email", "phone", "role")}
    record("accounts.person.created", person, actor=actor, at=at, after=after)
    return person


@transaction.atomic
def change_role(person: User, *, role: str, actor: User | None, at: datetime, reason: str) -> User:
    """Give a person another role; duties and territory of the role before end with it.

    Raises:
        LastAdministrator: The only administrator would become something else.

    """
    person = _locked(person)
    before = person.role
    if role != User.Role.ADMINISTRATOR:
        _keep_an_administrator(person)
    person.role = User.Role(role)
    person.save(update_fields=["role"])
    if before != role:
        Duty.objects.filter(person=person).delete()
        Territory.objects.filter(person=person).delete()
    record(
        "accounts.role.changed",
        person,
        actor=actor,
        at=at,
        reason=reason,
        before={"role": before},
        after={"role": person.role},
    )
    return person


@transaction.atomic
def give_duties(
    person: User, duties: Collection[str], *, actor: User | None, at: datetime, reason: str = ""
) -> None:
    """Give an officer exactly these duties; whoever is no officer has none.

    Raises:
        NotAnOfficer: The person has another role.

    """
    person = _locked(person)
    if person.role != User.Role.OFFICER and duties:
        raise NotAnOfficer
    before = sorted(Duty.objects.filter(person=person).values_list("kind", flat=True))
    after = sorted({Duty.Kind(kind).value for kind in duties})
    Duty.objects.filter(person=person).exclude(kind__in=after).delete()
    Duty.objects.bulk_create(Duty(person=person, kind=kind) for kind in after if kind not in before)
    record(
        "accounts.duties.given",
        person,
        actor=actor,
        at=at,
        reason=reason,
        before={"duties": before},
        after={"duties": after},
    )


@transaction.atomic
def give_territory(
    person: User, regions: Collection[str], *, actor: User | None, at: datetime, reason: str = ""
) -> None:
    """Let a regional officer work for exactly these regions, by their codes.

    Raises:
        NotARegionalOfficer: The person has another role.
        UnknownRegion: There is no region of one of these codes.

    """
    person = _locked(person)
    if person.role != User.Role.REGIONAL and regions:
        raise NotARegionalOfficer
    after = sorted(set(regions))
    if unknown := [code for code in after if all_regions().get(code) is None]:
        raise UnknownRegion(", ".join(unknown))
    before = sorted(Territory.objects.filter(person=person).values_list("region_id", flat=True))
    Territory.objects.filter(person=person).exclude(region__in=after).delete()
    Territory.objects.bulk_create(
        Territory(person=person, region_id=code) for code in after if code not in before
    )
    record(
        "accounts.territory.given",
        person,
        actor=actor,
        at=at,
        reason=reason,
        before={"territory": before},
        after={"territory": after},
    )


@transaction.atomic
def deactivate(person: User, *, actor: User | None, at: datetime, reason: str) -> User:
    """Close an account: whoever is signed in to it is out with the next page.

    Raises:
        LastAdministrator: It is the only administrator's.

    """
    person = _locked(person)
    _keep_an_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    record(
        "accounts.person.deactivated",
        person,
        actor=actor,
        at=at,
        reason=reason,
        before={"is_active": True},
        after={"is_active": False},
    )
    return person


@transaction.atomic
def reopen(person: User, *, actor: User | None, at: datetime, reason: str) -> User:
    """Let a person in again whose account was closed."""
    person = _locked(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(
        "accounts.person.reopened",
        person,
        actor=actor,
        at=at,
        reason=reason,
        before={"is_active": False},
        after={"is_active": True},
    )
    return person


@transaction.atomic
def change_password(
    person: User, *, password: str, actor: User | None, at: datetime, session: str | None = None
) -> User:
    """Give a person another password, which ends their sessions, but for the one that is named.

    Raises:
        ValidationError: The password is too weak.

    """
    password_validation.validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person, but=session)
    record("accounts.password.changed", person, actor=actor, at=at)
    return person


def speak(person: User, *, language: str) -> None:
    """Write to the person in the language they read the pages in; not worth a line."""
    if person.language != language:
        User.objects.filter(pk=person.pk).update(language=language)


def _locked(person: User) -> User:
    # The administrators are locked in one order, so that two of them cannot demote each other.
    list(administrators().select_for_update())
    return User.objects.select_for_update().get(pk=person.pk)


def _keep_an_administrator(person: User) -> None:
    if person.is_administrator and not administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator
