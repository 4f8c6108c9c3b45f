"""Second factors: an app with codes, passkeys, recovery codes."""

from dataclasses import dataclass
from datetime import datetime
from secrets import choice, token_hex

import pyotp
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from ifn.accounts.actions.sessions import end_sessions
from ifn.accounts.actions.telling import tell_person
from ifn.accounts.models import Authenticator, Passkey, RecoveryCode, User
from ifn.accounts.sealing import seal, secrets, unseal
from ifn.audit.actions import record

#: Half minutes that a clock may be off.
DRIFT = 1
STEP = 30
#: Recovery codes: how many, and of what; no letters that are mistaken for others.
CODES, CODE_LENGTH, LETTERS = 10, 10, "ABCDEFGHJKMNPQRSTVWXYZ23456789"
MOST_PASSKEYS = 20


class WrongCode(Exception):  # noqa: N818
    """The app shows another code, so it was not set up rightly."""


class AlreadyThere(Exception):  # noqa: N818
    """The person has an app, or the device has a passkey, already."""


class TooManyPasskeys(Exception):  # noqa: N818
    """So many devices nobody has."""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a device gave when it made a passkey, and how the person calls it."""

    name: str
    credential: str
    public: str
    handle: str
    uses: int


@transaction.atomic
def add_authenticator(
    person: User, *, secret: str, code: str, session: str | None, actor: User, at: datetime
) -> list[str]:
    """Ask for an app's codes from now on; return recovery codes when it is the first factor.

    Other sessions of the person end: they were opened without it.

    Raises:
        WrongCode: The code is not the app's.
        AlreadyThere: The person has an app.

    """
    person = _locked(person)
    step = _step_of(code, secret, at)
    if step is None:
        raise WrongCode
    try:
        with transaction.atomic():
            Authenticator.objects.create(
                person=person, secret=seal(secret), last_step=step, created_at=at
            )
    except IntegrityError:
        raise AlreadyThere from None
    record("accounts.authenticator.added", person, actor=actor, at=at)
    return _begin(person, session=session, at=at)


@transaction.atomic
def add_passkey(
    person: User, *, key: NewPasskey, session: str | None, actor: User, at: datetime
) -> list[str]:
    """Keep a passkey; return recovery codes when it is the first factor.

    Raises:
        AlreadyThere: The key is known.
        TooManyPasskeys: There are as many as there may be.

    """
    person = _locked(person)
    if Passkey.objects.filter(person=person).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    try:
        with transaction.atomic():
            Passkey.objects.create(
                person=person,
                name=key.name,
                credential=key.credential,
                public=key.public,
                handle=key.handle,
                uses=key.uses,
                created_at=at,
            )
    except IntegrityError:
        raise AlreadyThere from None
    record("accounts.passkey.added", person, actor=actor, at=at)
    return _begin(person, session=session, at=at)


@transaction.atomic
def remove_authenticator(person: User, *, session: str | None, actor: User, at: datetime) -> None:
    """Ask for the app's codes no more."""
    person = _locked(person)
    if Authenticator.objects.filter(person=person).delete()[0]:
        record("accounts.authenticator.removed", person, actor=actor, at=at)
        tell_person("factor_removed", person, at=at)
        settle(person, session=session, at=at)


@transaction.atomic
def remove_passkey(
    person: User, *, pk: int, session: str | None, actor: User, at: datetime
) -> None:
    """Forget one of a person's passkeys."""
    person = _locked(person)
    if Passkey.objects.filter(person=person, pk=pk).delete()[0]:
        record("accounts.passkey.removed", person, actor=actor, at=at)
        tell_person("factor_removed", person, at=at)
        settle(person, session=session, at=at)


@transaction.atomic
def reset_factors(person: User, *, actor: User | None, at: datetime, reason: str) -> None:
    """Take all second factors from a person who lost them; sessions end and the person is told."""
    person = _locked(person)
    for kind in (Authenticator, Passkey):
        kind.objects.filter(person=person).delete()
    settle(person, at=at)
    end_sessions(person)
    record("accounts.factors.reset", person, actor=actor, at=at, reason=reason)
    tell_person("factors_reset", person, at=at)


@transaction.atomic
def new_recovery_codes(person: User, *, actor: User | None, at: datetime) -> list[str]:
    """Return new recovery codes, which are stored nowhere; the ones before open nothing now."""
    person = _locked(person)
    codes = ["".join(choice(LETTERS) for _letter in range(CODE_LENGTH)) for _code in range(CODES)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=_digests(person, code)[0]) for code in codes
    )
    record("accounts.recovery-codes.made", person, actor=actor, at=at)
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


@transaction.atomic
def take_code(person: User, code: str, *, at: datetime) -> bool:
    """Say whether this is the app's code or a recovery code, and use it up."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    if plain.isdigit():
        return _take_step(person, plain, at)
    digests = _digests(person, plain)
    # Of two at once only one removes the row.
    if not RecoveryCode.objects.filter(person=person, digest__in=digests).delete()[0]:
        return False
    left = RecoveryCode.objects.filter(person=person).count()
    record("accounts.recovery-code.used", person, actor=person, at=at, left=left)
    tell_person("recovery_used", person, at=at, left=left)
    return True


def take_passkey(passkey: Passkey, *, uses: int, at: datetime) -> bool:
    """Note that a passkey opened; no when its count fell back, as that of a copy does."""
    newer = Q(uses__lt=uses) if uses else Q(uses=0)
    return bool(Passkey.objects.filter(newer, pk=passkey.pk).update(uses=uses, used_at=at))


def new_handle() -> str:
    """Return a name that devices know a person by, and that says nothing about them."""
    return token_hex(32)


def settle(person: User, *, session: str | None = None, at: datetime) -> None:
    """Ask for a second factor exactly while there is one; call it when one has gone."""
    has_any = any(kind.objects.filter(person=person).exists() for kind in (Authenticator, Passkey))
    if not has_any and person.secured_at:
        RecoveryCode.objects.filter(person=person).delete()
        person.secured_at = None
        person.save(update_fields=["secured_at"])
        end_sessions(person, but=session)
        record("accounts.second-factor.ended", person, actor=None, at=at)


def _begin(person: User, *, session: str | None, at: datetime) -> list[str]:
    tell_person("factor_added", person, at=at)
    if person.secured_at:
        return []
    person.secured_at = at
    person.save(update_fields=["secured_at"])
    end_sessions(person, but=session)
    return new_recovery_codes(person, actor=person, at=at)


def _take_step(person: User, code: str, at: datetime) -> bool:
    app = Authenticator.objects.filter(person=person).first()
    secret = unseal(app.secret) if app else None
    step = _step_of(code, secret, at) if secret else None
    if step is None:
        return False
    # One statement, so that of two at once only one moves the row on.
    mine = Authenticator.objects.filter(person=person, last_step__lt=step)
    return bool(mine.update(last_step=step))


def _step_of(code: str, secret: str, at: datetime) -> int | None:
    """Return the half minute in which the app shows this code, if it is near enough."""
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if constant_time_compare(totp.generate_otp(step), code):
            return step
    return None


def _digests(person: User, code: str) -> list[str]:
    return [
        salted_hmac(
            "ifn.accounts.recovery", f"{person.pk} {code}", secret, algorithm="sha256"
        ).hexdigest()
        for secret in secrets()
    ]


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)
