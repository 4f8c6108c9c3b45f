"""Slow down guessing of passwords, together for all processes, without locking anybody else out.

Tries are counted per account and place, so that a stranger's failures never close a person's own
way in. A second, much wider count per place alone stops trying one password on many accounts; it is
wide because a whole neighbourhood may share one address in a mobile network.
"""

from datetime import datetime
from typing import Final

from ifn.accounts.identifiers import identifier, mailbox
from ifn.quotas.tries import Bound, count, take_all_back, take_back

FOR_ONE_ACCOUNT: Final = 5
FROM_ONE_PLACE: Final = 200
REGISTRATIONS: Final = 40
MESSAGES: Final = 5
#: Codes of a second factor, from wherever; only who knows the password can use these up.
CODES: Final = 30


def _spelt(account: str) -> str:
    return identifier(account) or account.strip().lower()


def _own(account: str, place: str) -> Bound:
    return Bound("sign in", f"{place}\n{_spelt(account)}", FOR_ONE_ACCOUNT)


def _shared(place: str) -> Bound:
    return Bound("sign in from", place, FROM_ONE_PLACE)


def count_try(account: str, place: str, *, at: datetime) -> datetime | None:
    """Count a try before it is made; return when to come back if there were too many, else nothing.

    All that is counted here answers so.
    """
    return count(_own(account, place), _shared(place), at=at)


def forget_tries(account: str, place: str) -> None:
    """Take back what led to a sign-in: it was no guess."""
    take_all_back(_own(account, place))
    take_back(_shared(place))


def count_code(person: int, place: str, *, at: datetime) -> datetime | None:
    """Count a code before it is looked at, for this place and, more widely, for all together."""
    here = Bound("code from", f"{person}\n{place}", FOR_ONE_ACCOUNT)
    return count(here, Bound("code", str(person), CODES), at=at)


def count_passkey(place: str, *, at: datetime) -> datetime | None:
    """Count a use of a passkey; there is nothing to guess, but checking costs."""
    return count(Bound("passkey", place, FROM_ONE_PLACE), at=at)


def count_registration(place: str, *, at: datetime) -> datetime | None:
    """Count somebody who opens an account; a class of makers may do so from one hotspot."""
    return count(Bound("register", place, REGISTRATIONS), at=at)


def count_message(address: str, *, at: datetime) -> datetime | None:
    """Count a message that anybody may have sent to an address, or a mailbox, from wherever.

    Beyond the limit the last message stays the newest one, so its link goes on opening: whoever
    asks in somebody's name fills no mailbox and keeps nobody out.
    """
    spelt = _spelt(address)
    whose = mailbox(spelt) if "@" in spelt else spelt
    return count(Bound("message", whose, MESSAGES), at=at)
