"""What is compared: a record as a list states it, and the same brought into one spelling; pure."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from ifn.linkage import contacts
from ifn.linkage.addresses import Address, Place, parse_address, parse_place
from ifn.linkage.names import Name, parse_name, words_of


@dataclass(frozen=True, slots=True)
class Record:
    """One line about one plant of one firm. ``region`` is a code such as 35.15, ``city`` words.

    Texts may hold several phones, addresses of e-mail or sites; what is empty is not compared.
    ``extra`` holds pairs of a label and a text that are compared as text.
    """

    key: Hashable
    name: str
    legal_form: str = ""
    address: str = ""
    region: str = ""
    city: str = ""
    postcode: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    instagram: tuple[str, ...] = ()
    nib: str = ""
    brands: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record in one spelling, made once and compared many times."""

    key: Hashable
    name: Name
    address: Address
    place: Place
    phones: frozenset[str]
    emails: frozenset[str]
    sites: frozenset[str]
    instagram: frozenset[str]
    nib: str
    extra: tuple[tuple[str, tuple[str, ...]], ...]

    def exact_keys(self) -> list[tuple[str, str]]:
        """Return every exact key as its kind and value."""
        found = [("phone", phone) for phone in self.phones]
        found += [("email", email) for email in self.emails]
        found += [("site", site) for site in self.sites]
        found += [("instagram", name) for name in self.instagram]
        return [*found, ("nib", self.nib)] if self.nib else found


def prepare(record: Record) -> Prepared:
    """Bring a record into one spelling."""
    address = parse_address(record.address, record.postcode)
    stated = parse_place(record.city, record.region)
    sites = contacts.sites(record.sites)
    return Prepared(
        key=record.key,
        name=parse_name(record.name, record.legal_form, record.brands),
        address=address,
        place=_place(address.place, stated),
        phones=contacts.phones(record.phones),
        emails=(emails := contacts.emails(record.emails)),
        sites=sites | contacts.own_hosts(emails),
        instagram=contacts.instagram([*record.instagram, *_pages(record.sites)]),
        nib=contacts.nib(record.nib),
        extra=tuple((label, words) for label, text in record.extra if (words := words_of(text))),
    )


def _place(named: Place, stated: Place) -> Place:
    """Return the place a record states; if it states none, the one that its address names."""
    if not named.name or named.name == stated.name:
        return stated
    if not stated.name:
        return replace(named, code=stated.code)
    return replace(stated, beside=(named.name, named.kind))


def _pages(sites: tuple[str, ...]) -> list[str]:
    return [site for site in sites if "instagr" in site.lower()]
