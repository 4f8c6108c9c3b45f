"""People change the e-mail address or phone number they sign in with."""

from datetime import datetime

from django.db import IntegrityError, transaction

from ifn.accounts import identifiers
from ifn.accounts.actions.factors import settle
from ifn.accounts.actions.links import DAY, WEEK, LinkIsWorthless, issue, send_sign_in_link, take
from ifn.accounts.actions.people import AlreadyTaken, NoWayToSignIn
from ifn.accounts.actions.sessions import end_sessions
from ifn.accounts.actions.telling import address_of, tell, tell_person
from ifn.accounts.models import Authenticator, Link, Passkey, User
from ifn.accounts.queries import digest_of, person_with
from ifn.audit.actions import record


@transaction.atomic
def ask_for_email(person: User, *, email: str, actor: User, at: datetime) -> None:
    """Send a link to the new address; it becomes the person's when that is opened.

    Where the address is somebody else's, they are told, and the answer is the same.
    """
    key = issue(Link.Purpose.EMAIL, str(person.pk), {"email": email}, lasts=DAY, at=at)
    owner = person_with(email)
    tell(
        "new_email" if owner is None else "email_wanted",
        to=email,
        language=person.language if owner is None else owner.language,
        at=at,
        key=f"accounts.new_email:{digest_of(key)}",
        name=(owner or person).name,
        address=address_of("accounts:confirm-email", person.language, key) if not owner else "",
    )
    record("accounts.email.asked", person, actor=actor, at=at)


@transaction.atomic
def confirm_email(key: str, *, at: datetime) -> User:
    """Give the person the address the link was sent to; the address before can undo it.

    Raises:
        LinkIsWorthless: There is no such link any more.
        AlreadyTaken: Somebody else signs in with the address by now.

    """
    link = take(key, Link.Purpose.EMAIL, at=at)
    person = _to_change(link.subject)
    before = person.email
    _set_email(person, link.payload["email"])
    record(
        "accounts.email.changed",
        person,
        actor=person,
        at=at,
        before={"email": before},
        after={"email": person.email},
    )
    if before and not person.is_demo:
        payload = {"email": before, "since": link.created_at.isoformat()}
        undo = issue(Link.Purpose.UNDO_EMAIL, f"{person.pk} {before}", payload, lasts=WEEK, at=at)
        tell(
            "email_changed",
            to=before,
            language=person.language,
            at=at,
            key=f"accounts.email_changed:{digest_of(undo)}",
            name=person.name,
            address=address_of("accounts:undo-email", person.language, undo),
        )
    return person


@transaction.atomic
def undo_email(key: str, *, at: datetime) -> User:
    """Give an address back to whom it was taken from, and close what else a thief could hold.

    Sessions end, the password opens nothing any more, second factors that came after the change
    was asked for go, and a link for signing in is on its way to the address.

    Raises:
        LinkIsWorthless: There is no such link any more.
        AlreadyTaken: Somebody else signs in with the address by now.

    """
    link = take(key, Link.Purpose.UNDO_EMAIL, at=at)
    person = _to_change(link.subject.partition(" ")[0])
    before, since = person.email, datetime.fromisoformat(link.payload["since"])
    _set_email(person, link.payload["email"])
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Link.objects.filter(purpose=Link.Purpose.EMAIL, subject=str(person.pk)).delete()
    for kind in (Authenticator, Passkey):
        kind.objects.filter(person=person, created_at__gte=since).delete()
    settle(person, at=at)
    end_sessions(person)
    record(
        "accounts.email.given-back",
        person,
        actor=person,
        at=at,
        before={"email": before},
        after={"email": person.email},
    )
    send_sign_in_link(str(person.email), language=person.language, at=at)
    return person


@transaction.atomic
def change_phone(person: User, *, phone: str, actor: User, at: datetime) -> User:
    """Give a person another phone number, or none where they have an e-mail address.

    Raises:
        NoWayToSignIn: The number cannot be read, or nothing would be left to sign in with.
        AlreadyTaken: Somebody else signs in with it.

    """
    person = _to_change(str(person.pk))
    before, after = person.phone, identifiers.phone(phone) if phone else None
    if (phone and not after) or not (after or person.email):
        raise NoWayToSignIn
    if before == after:
        return person
    person.phone = after
    try:
        with transaction.atomic():
            person.save(update_fields=["phone"])
    except IntegrityError:
        raise AlreadyTaken from None
    record(
        "accounts.phone.changed",
        person,
        actor=actor,
        at=at,
        before={"phone": before},
        after={"phone": after},
    )
    tell_person("phone_changed", person, at=at)
    return person


def _to_change(key: str) -> User:
    person = User.objects.select_for_update().filter(pk=int(key), is_active=True).first()
    if person is None:
        raise LinkIsWorthless
    return person


def _set_email(person: User, email: str) -> None:
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        raise AlreadyTaken from None
