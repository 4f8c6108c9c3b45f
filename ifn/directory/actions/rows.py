"""The rows that belong to a profile, made from its facts."""

from collections.abc import Collection, Iterator
from typing import Any

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


#: The fields of each row beyond the business it belongs to, in the order of ``row_values``.
ROW_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Brand: ("name",),
    Capability: ("term", "monthly_pairs", "units"),
    Certificate: ("term", "number", "issuer", "issued_on", "expires_on"),
    SpokenLanguage: ("code",),
    Contact: ("kind", "value", "visibility", "position", "consent"),
}
MODELS = {
    "brands": Brand,
    "capabilities": Capability,
    "certificates": Certificate,
    "languages": SpokenLanguage,
    "contacts": Contact,
}
Terms = dict[tuple[str, str], int]
Values = tuple[Any, ...]


def row_values(
    profile: Profile, terms: Terms, only: Collection[str] = IN_ROWS
) -> Iterator[tuple[type[models.Model], Values]]:
    """Yield the model and the values of each row for the facts that are kept in rows."""
    makers = {
        "brands": _brands,
        "capabilities": _capabilities,
        "certificates": _certificates,
        "languages": _languages,
        "contacts": _contacts,
    }
    for name, make in makers.items():
        if name in only:
            for values in make(profile, terms):
                yield MODELS[name], values


def save_rows(
    business: Business, profile: Profile, terms: Terms, only: Collection[str] = IN_ROWS
) -> None:
    """Insert the rows of one profile."""
    for model, values in row_values(profile, terms, only):
        fields = {
            f"{name}_id" if name in {"term", "consent"} else name: value
            for name, value in zip(ROW_FIELDS[model], values, strict=True)
        }
        model(business=business, **fields).save(force_insert=True)


def _brands(profile: Profile, _terms: Terms) -> Iterator[Values]:
    for name in dict.fromkeys(profile.brands):
        yield (name,)


def _capabilities(profile: Profile, terms: Terms) -> Iterator[Values]:
    for fact in {(one.vocabulary, one.code): one for one in profile.capabilities}.values():
        yield terms[fact.vocabulary, fact.code], fact.monthly_pairs, fact.units


def _certificates(profile: Profile, terms: Terms) -> Iterator[Values]:
    for fact in {(one.code, one.number): one for one in profile.certificates}.values():
        term = terms[VOCABULARY_OF["certificate"], fact.code]
        yield term, fact.number, fact.issuer, fact.issued_on, fact.expires_on


def _languages(profile: Profile, _terms: Terms) -> Iterator[Values]:
    for code in dict.fromkeys(profile.languages):
        yield (code,)


def _contacts(profile: Profile, _terms: Terms) -> Iterator[Values]:
    facts = {(one.kind, one.value): one for one in profile.contacts}.values()
    for position, fact in enumerate(facts):
        yield fact.kind, fact.value, fact.visibility, position, fact.consent
