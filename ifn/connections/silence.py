"""Why no message goes out to somebody who was told something: what the office reads then."""

from enum import Enum

from ifn.connections.models import Introduction, Letter
from ifn.directory.actions.confirming import own_addresses_of, people_of
from ifn.directory.models import Business
from ifn.mail.models import Refusal


class Silent(Enum):
    """Why no message goes out at once."""

    NO_ADDRESS = "no address"
    #: Whoever reads it wants messages later, or none; it stands among the notices.
    LATER = "later"
    #: A mail server refused the address, or whoever reads there wants none of this kind.
    REFUSED = "refused"
    INVENTED = "invented"


def silent_sides(made: Introduction) -> dict[Silent, list[str]]:
    """Return the names of those whom no message told of an introduction, by its cause."""
    first, second = made.names
    found: dict[Silent, list[str]] = {}
    if not made.first_told:
        found.setdefault(_of_firm(made.first), []).append(first)
    if not made.second_told:
        cause = _of_firm(made.second) if made.second else _of_writer(made.letter, made.first)
        found.setdefault(cause, []).append(second)
    return found


def _of_firm(firm: Business) -> Silent:
    if firm.is_demo:
        return Silent.INVENTED
    known = [one.email for one in people_of(firm) if one.email]
    if known:
        return _of_account(known)
    return Silent.REFUSED if own_addresses_of(firm) else Silent.NO_ADDRESS


def _of_writer(letter: Letter | None, firm: Business) -> Silent:
    """Say it of whoever wrote a letter; a visitor is not told what an invented firm did."""
    person = letter.person if letter else None
    if person.is_demo if person else firm.is_demo:
        return Silent.INVENTED
    if person and person.email:
        return _of_account([person.email])
    return Silent.REFUSED if letter and letter.email else Silent.NO_ADDRESS


def _of_account(addresses: list[str]) -> Silent:
    refused = Refusal.objects.filter(address__in=addresses).values("address").distinct().count()
    return Silent.REFUSED if refused == len(set(addresses)) else Silent.LATER
