"""Load the words of the trade, and let staff change them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.regions.editions import renew
from ifn.regions.models import Region
from ifn.regions.shipped import Loaded, merge
from ifn.vocabulary.models import Synonym, Term
from ifn.vocabulary.queries import phrase

SHIPPED = Path(__file__).parent / "data" / "vocabulary.json"
FIELDS = ["name_id", "name_en", "position", "source", "region_id", "parent_id", "is_active"]
LANGUAGES = ("id", "en")


class SynonymKnown(Exception):  # noqa: N818
    """The term has this word already."""


class NoSuchSynonym(Exception):  # noqa: N818
    """The term does not have this word."""


class WordEmpty(Exception):  # noqa: N818
    """A name or synonym without a letter or digit."""


class _Load:
    """One load of the shipped file: reads everything once, gathers writes, then writes."""

    def __init__(self, taxonomies: Mapping[str, Any]) -> None:
        self.taxonomies = taxonomies
        self.regions = set(Region.objects.values_list("pk", flat=True))
        self.known = {(term.vocabulary, term.code): term for term in Term.objects.all()}
        self.words: dict[int, dict[tuple[str, str], Synonym]] = {}
        for synonym in Synonym.objects.order_by("pk"):
            key = (synonym.language, synonym.text)
            self.words.setdefault(synonym.term_id, {})[key] = synonym
        self.created = self.kept = 0
        self.changed: dict[int, Term] = {}
        self.retired: set[int] = set()
        self.new_words: list[Synonym] = []
        self.gone_words: list[int] = []

    def run(self) -> Loaded:
        """Bring every term up to date."""
        seen = set()
        for vocabulary, taxonomy in self.taxonomies.items():
            nodes = list(enumerate(taxonomy["nodes"], start=1))
            seen |= {(vocabulary, node["code"]) for _position, node in nodes}
            while nodes:  # parents before what is below them, a level at a time
                level = [one for one in nodes if self._has_parent(vocabulary, one[1])]
                self._level(vocabulary, level or nodes)
                nodes = [one for one in nodes if one not in level] if level else []
        for key, term in self.known.items():
            if key not in seen and term.shipped:
                self._retire(term)
        Term.objects.bulk_update(self.changed.values(), [*FIELDS, "shipped"])
        if self.gone_words:
            Synonym.objects.filter(pk__in=self.gone_words).delete()
        Synonym.objects.bulk_create(self.new_words)
        return Loaded(
            created=self.created,
            updated=len(self.changed.keys() - self.retired),
            retired=len(self.retired),
            kept_edits=self.kept,
        )

    def _has_parent(self, vocabulary: str, node: Mapping[str, Any]) -> bool:
        return not node["parent"] or (vocabulary, node["parent"]) in self.known

    def _level(self, vocabulary: str, nodes: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        new = []
        for position, node in nodes:
            values, words = self._values(vocabulary, position, node), _words(node)
            term = self.known.get((vocabulary, node["code"]))
            if term:
                self._update(term, values, words)
            else:
                shipped = {**values, "synonyms": words}
                new.append(
                    Term(vocabulary=vocabulary, code=node["code"], **values, shipped=shipped)
                )
        for term in Term.objects.bulk_create(new):
            self.known[vocabulary, term.code] = term
            self._synonyms(term, last=[], new=term.shipped["synonyms"])
        self.created += len(new)

    def _values(self, vocabulary: str, position: int, node: Mapping[str, Any]) -> dict[str, Any]:
        parent = self.known.get((vocabulary, node["parent"]))
        region = (node.get("region_code_kemendagri") or "")[:5]
        return {
            "name_id": node["name_id"],
            "name_en": node["name_en"],
            "position": position,
            "source": node["source"],
            "region_id": region if region in self.regions else None,
            "parent_id": parent.pk if parent else None,
            "is_active": True,
        }

    def _update(self, term: Term, values: dict[str, Any], words: list[list[str]]) -> None:
        merged = merge({name: getattr(term, name) for name in FIELDS}, term.shipped, values)
        self.kept += len(merged.kept)
        self._synonyms(term, last=term.shipped.get("synonyms", []), new=words)
        shipped = {**values, "synonyms": words}
        if term.shipped != shipped:
            for name, value in merged.values.items():
                setattr(term, name, value)
            term.shipped = shipped
            self.changed[term.pk] = term

    def _synonyms(self, term: Term, *, last: list[list[str]], new: list[list[str]]) -> None:
        """Add new words, drop those gone from the file; what was added or removed here stays."""
        here = self.words.get(term.pk, {})
        wanted = [(language, text) for language, text in new]
        loaded = {(language, text) for language, text in last}
        self.gone_words += [
            one.pk for key, one in here.items() if one.is_shipped and key not in wanted
        ]
        self.new_words += [
            Synonym(term=term, language=key[0], text=key[1], is_shipped=True)
            for key in wanted
            if key not in here and key not in loaded
        ]
        self.kept += sum(key not in here and key in loaded for key in wanted)

    def _retire(self, term: Term) -> None:
        values = {"is_active": False}
        merged = merge({"is_active": term.is_active}, term.shipped, values)
        self.kept += len(merged.kept)
        if term.shipped.get("is_active") is not False:
            term.is_active = merged.values["is_active"]
            term.shipped = {**term.shipped, **values}
            self.changed[term.pk] = term
            self.retired.add(term.pk)


def _words(node: Mapping[str, Any]) -> list[list[str]]:
    return [
        [language, text]
        for language in LANGUAGES
        for text in dict.fromkeys(node[f"synonyms_{language}"])
    ]


@transaction.atomic
def load_shipped(*, at: datetime, path: Path = SHIPPED) -> Loaded:
    """Bring the vocabularies up to date with the shipped file; what was edited here stays.

    A second load of the same file writes nothing. Terms gone from the file go out of use and are
    never deleted, because profiles point at them. Load the regions first: clusters name them.
    """
    taxonomies = json.loads(path.read_text(encoding="utf-8"))["taxonomies"]
    loaded = _Load(taxonomies).run()
    if loaded.wrote:
        edition = renew("vocabulary", at=at)
        record(
            "vocabulary.reference.loaded",
            edition,
            actor=None,
            at=at,
            created=loaded.created,
            updated=loaded.updated,
            retired=loaded.retired,
            kept_edits=loaded.kept_edits,
        )
    return loaded


@transaction.atomic
def rename_term(term: Term, *, name_id: str, name_en: str, actor: User, at: datetime) -> Term:
    """Give a term other names; a later load of the shipped data keeps them.

    Raises:
        WordEmpty: One of the names has no letter or digit.

    """
    term = Term.objects.select_for_update().get(pk=term.pk)
    before = {"name_id": term.name_id, "name_en": term.name_en}
    after = {"name_id": _written(name_id), "name_en": _written(name_en)}
    if before == after:
        return term
    term.name_id, term.name_en = after["name_id"], after["name_en"]
    term.save(update_fields=["name_id", "name_en"])
    renew("vocabulary", at=at)
    record("vocabulary.term.renamed", term, actor=actor, at=at, before=before, after=after)
    return term


@transaction.atomic
def set_active(term: Term, *, is_active: bool, actor: User, at: datetime) -> Term:
    """Take a term into use or out of use; profiles that have it keep it."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.is_active == is_active:
        return term
    term.is_active = is_active
    term.save(update_fields=["is_active"])
    renew("vocabulary", at=at)
    record(
        "vocabulary.term.taken_into_use" if is_active else "vocabulary.term.taken_out_of_use",
        term,
        actor=actor,
        at=at,
        before={"is_active": not is_active},
        after={"is_active": is_active},
    )
    return term


@transaction.atomic
def add_synonym(term: Term, *, language: str, text: str, actor: User, at: datetime) -> Synonym:
    """Let another word lead to the term.

    Raises:
        SynonymKnown: The term has it already, perhaps in other letters or spacing.
        WordEmpty: The word has no letter or digit.

    """
    text = _written(text)
    # The lock orders two people who add the same word in different letters; the constraint
    # catches the same letters also where locks are ignored.
    term = Term.objects.select_for_update().get(pk=term.pk)
    others = term.synonyms.filter(language=language).values_list("text", flat=True)
    if phrase(text) in {phrase(other) for other in others}:
        raise SynonymKnown
    synonym = Synonym.objects.create(term=term, language=language, text=text)
    renew("vocabulary", at=at)
    record("vocabulary.synonym.added", term, actor=actor, at=at, language=language, text=text)
    return synonym


@transaction.atomic
def remove_synonym(term: Term, *, language: str, text: str, actor: User, at: datetime) -> None:
    """Let a word no longer lead to the term; a later load does not bring it back.

    Raises:
        NoSuchSynonym: The term does not have it.

    """
    removed, _ = term.synonyms.filter(language=language, text=text).delete()
    if not removed:
        raise NoSuchSynonym
    renew("vocabulary", at=at)
    record("vocabulary.synonym.removed", term, actor=actor, at=at, language=language, text=text)


def _written(text: str) -> str:
    text = " ".join(text.split())
    if not phrase(text):
        raise WordEmpty
    return text
