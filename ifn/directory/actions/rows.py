"""The rows that belong to a profile, made from its facts; nothing here is saved."""

from collections.abc import Collection, Iterator

from django.db import models

from ifn.directory.listings import VOCABULARY_OF
from ifn.directory.models import (
    Brand,
    Business,
    Capability,
    Certificate,
    Contact,
    SpokenLanguage,
)
from ifn.directory.profile import IN_ROWS, Profile
from ifn.vocabulary.queries import Lexicon, lexicon


class UnknownTerm(ValueError):  # noqa: N818
    """A fact names a term that is in no vocabulary."""


def term_keys(profile: Profile, words: Lexicon | None = None) -> dict[tuple[str, str], int]:
    """Return the primary keys of the terms a profile uses.

    Raises:
        UnknownTerm: One of them does not exist.

    """
    words = words or lexicon()
    wanted = {(fact.vocabulary, fact.code) for fact in profile.capabilities}
    wanted |= {(VOCABULARY_OF["certificate"], fact.code) for fact in profile.certificates}
    found = {key: word.pk for key in wanted if (word := words.get(*key))}
    if missing := wanted - found.keys():
        raise UnknownTerm(", ".join(":".join(key) for key in sorted(missing)))
    return found


def rows_of(
    business: Business,
    profile: Profile,
    terms: dict[tuple[str, str], int],
    only: Collection[str] = IN_ROWS,
) -> Iterator[models.Model]:
    """Yield unsaved rows for the facts that are kept in rows."""
    makers = {
        "brands": _brands,
        "capabilities": _capabilities,
        "certificates": _certificates,
        "languages": _languages,
        "contacts": _contacts,
    }
    for name, make in makers.items():
        if name in only:
            yield from make(business, profile, terms)


Terms = dict[tuple[str, str], int]


def _brands(business: Business, profile: Profile, _terms: Terms) -> Iterator[Brand]:
    for name in dict.fromkeys(profile.brands):
        yield Brand(business=business, name=name)


def _capabilities(business: Business, profile: Profile, terms: Terms) -> Iterator[Capability]:
    for fact in {(one.vocabulary, one.code): one for one in profile.capabilities}.values():
        yield Capability(
            business=business,
            term_id=terms[fact.vocabulary, fact.code],
            monthly_pairs=fact.monthly_pairs,
            units=fact.units,
        )


def _certificates(business: Business, profile: Profile, terms: Terms) -> Iterator[Certificate]:
    for fact in profile.certificates:
        yield Certificate(
            business=business,
            term_id=terms[VOCABULARY_OF["certificate"], fact.code],
            number=fact.number,
            issuer=fact.issuer,
            issued_on=fact.issued_on,
            expires_on=fact.expires_on,
        )


def _languages(business: Business, profile: Profile, _terms: Terms) -> Iterator[SpokenLanguage]:
    for code in dict.fromkeys(profile.languages):
        yield SpokenLanguage(business=business, code=code)


def _contacts(business: Business, profile: Profile, _terms: Terms) -> Iterator[Contact]:
    for position, fact in enumerate(profile.contacts):
        yield Contact(
            business=business,
            kind=fact.kind,
            value=fact.value,
            visibility=fact.visibility,
            position=position,
        )
