"""People open accounts for themselves, and nobody learns who has one."""

from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from ifn.accounts.actions.links import DAY, SHORT, issue, take
from ifn.accounts.actions.people import AlreadyTaken, create_person
from ifn.accounts.actions.telling import address_of, tell
from ifn.accounts.models import Link, User
from ifn.accounts.policies import can_sign_in
from ifn.accounts.queries import digest_of, person_with
from ifn.audit.actions import record


@transaction.atomic
def register_by_email(
    *, name: str, email: str, password: str, language: str, following: str = "", at: datetime
) -> str:
    """Keep what was entered until its link is opened; return a word for this browser.

    Whether the address has an account is looked up afterwards, by a worker, so that neither the
    answer nor the time it takes says anything.
    """
    from ifn.accounts.tasks import answer_registration as later  # noqa: PLC0415  # it calls actions

    browser = token_urlsafe(16)
    payload = {
        "name": name,
        "password": make_password(password),
        "language": language,
        "browser": browser,
        "following": following,
    }
    issue(Link.Purpose.REGISTER, email, payload, lasts=DAY, at=at)
    later.enqueue(email, browser)
    return browser


@transaction.atomic
def answer_registration(email: str, browser: str, *, at: datetime) -> None:
    """Send the link that confirms a registration; an owner of the address learns of the attempt."""
    link = (
        Link.objects.select_for_update()
        .filter(purpose=Link.Purpose.REGISTER, subject=email)
        .first()
    )
    if link is None or link.payload["browser"] != browser:
        return  # a newer attempt took its place
    language, person = link.payload["language"], person_with(email)
    if person is None:
        key = issue(Link.Purpose.REGISTER, email, link.payload, lasts=DAY, at=at)
        tell(
            "register",
            to=email,
            language=language,
            at=at,
            key=f"accounts.register:{digest_of(key)}",
            name=link.payload["name"],
            address=address_of("accounts:confirm", language, key),
        )
        return
    link.delete()
    if can_sign_in(person):
        key = issue(Link.Purpose.SIGN_IN, str(person.pk), lasts=SHORT, at=at)
        tell(
            "registered_before",
            to=email,
            language=person.language,
            at=at,
            key=f"accounts.registered_before:{browser}",
            name=person.name,
            address=address_of("accounts:open-link", person.language, key),
        )


@transaction.atomic
def confirm_registration(key: str, *, name: str = "", password: str = "", at: datetime) -> User:
    """Open the account whose link was opened; another name and password may come with it.

    Raises:
        LinkIsWorthless: There is no such link any more.
        AlreadyTaken: The address was given an account in the meantime.

    """
    link = take(key, Link.Purpose.REGISTER, at=at)
    person = User(
        name=name or link.payload["name"],
        email=link.subject,
        password=make_password(password) if password else link.payload["password"],
        language=link.payload["language"],
        joined_at=at,
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise AlreadyTaken from None
    after = {"name": person.name, "email": person.email, "role": person.role}
    record("accounts.person.registered", person, actor=person, at=at, after=after)
    return person


def register_by_phone(*, name: str, phone: str, password: str, language: str, at: datetime) -> None:
    """Open an account that signs in by phone; where there is one, nothing happens."""
    try:
        create_person(
            name=name, phone=phone, password=password, language=language, actor=None, at=at
        )
    except AlreadyTaken:
        return
