"""The two questions over all kinds of work: which keys wait longest, and what a few of them say.

Putting twenty kinds into SQL takes longer than the database takes to answer, so the words of a
question are kept in the process, never its answer. They depend on who asks, for what, and on the
day; not on the moment, as what waits only after a while stands at the end of its kind and is left
out by ``work``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, Expression, IntegerField, OuterRef, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import localdate
from django.utils.translation import get_language

from ifn.accounts.models import User
from ifn.accounts.policies import must_secure
from ifn.moderation.kind import Kind
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Assignment
from ifn.moderation.scope import in_scope
from ifn.regions.containing import inside

#: A row of a kind: the date it waits by, and its key.
Found = tuple[datetime, int]


class Said(NamedTuple):
    """What a row says of itself, in the reader's language where it has it."""

    title: str
    number: str
    detail: str
    in_region: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what: everything that the words of a question depend on."""

    kinds: frozenset[str]
    region: str
    whose: str
    #: So many of each kind, and so many of some that are looked into further.
    most: int
    further: frozenset[str]
    most_further: int
    person: User = field(compare=False)
    #: What policies read of the person.
    facts: tuple[object, ...]
    #: Some kinds wait by the day.
    today: date


def asked(  # noqa: PLR0913  # all that a question depends on
    person: User,
    kinds: frozenset[str],
    *,
    region: str,
    whose: str,
    most: int,
    further: frozenset[str] = frozenset(),
    most_further: int = 0,
) -> Asked:
    """Return a question as it can be kept."""
    facts = (
        *(person.pk, person.role, person.is_active, must_secure(person)),
        *(person.duties, person.territory),
    )
    return Asked(kinds, region, whose, most, further, most_further, person, facts, localdate())


def found(question: Asked) -> dict[str, list[Found]]:
    """Return the oldest rows of each kind; one query."""
    return rows_of(*_written(question))


def rows_of(names: Sequence[str], sql: str, params: Sequence[Any]) -> dict[str, list[Found]]:
    """Ask what was written, and return the rows of each kind; one query."""
    several: list[list[tuple[Any, int]]] = [[] for _name in names]
    if names:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            for number, pk, since in cursor.fetchall():
                several[number].append((since, pk))
    return dict(zip(names, map(_dated, several), strict=True))


def _dated(rows: list[tuple[Any, int]]) -> list[Found]:
    """Return rows with moments; from SQLite comes text, or a date without its zone."""
    if rows and isinstance(rows[0][0], str):
        rows = [(datetime.fromisoformat(since), pk) for since, pk in rows]
    if rows and not rows[0][0].tzinfo:
        return [(since.replace(tzinfo=UTC), pk) for since, pk in rows]
    return rows


def said(kinds: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], Said]:
    """Return what rows say of themselves, by kind and key; those that wait no more are left out."""
    known: dict[tuple[str, int], Said] = {}
    parts: list[str] = []
    params: list[Any] = []
    for number, (name, subjects) in enumerate(kinds.items()):
        sql, given = _details(KINDS[name], get_language(), localdate())
        several = ", ".join(str(int(one)) for one in subjects)
        parts.append(_part(number, sql.replace(_Keys.HERE, several)))
        params.extend(given)
    names = list(kinds)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            for number, pk, *columns in cursor.fetchall():
                known[names[number], pk] = Said(*columns)
    return known


def theirs(kind: Kind, person: User, *, region: str, whose: str) -> QuerySet[Any]:
    """Return what waits of one kind, now or after a while, for this person, as they asked."""
    rows = _reached(kind, person)
    if region:
        paths = [f"{path}__code" for path in (kind.region, *kind.others)]
        rows = rows.filter(inside([region], *paths))
    taken = Assignment.objects.filter(kind=kind.name, subject=OuterRef("pk"))
    if whose == "mine":
        rows = rows.filter(Exists(taken.filter(person=person)))
    elif whose == "nobody":
        rows = rows.filter(~Exists(taken))
    return rows


def _reached(kind: Kind, person: User) -> QuerySet[Any]:
    """Return what waits of one kind and is this person's to do."""
    rows: QuerySet[Any] = kind.waiting()
    if kind.may is None and not (kind.everywhere and kind.everywhere(person)):
        rows = in_scope(rows, person, kind.region, *kind.others)
    elif kind.may and not kind.may(person):
        rows = rows.none()
    return kind.fit_for(rows, person) if kind.fit_for else rows


class _Keys(Expression):
    """Where keys are put into a question whose words are kept."""

    HERE: Final = "__keys__"

    def as_sql(
        self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        return self.HERE, ()


@lru_cache(maxsize=64)
def _details(kind: Kind, _language: str | None, _today: date) -> tuple[str, tuple[Any, ...]]:
    rows = kind.waiting().filter(pk__in=[_Keys(output_field=IntegerField())]).order_by()
    columns = ("pk", kind.title, kind.number, kind.detail, kind.region)
    return rows.values_list(*columns).query.sql_with_params()


@lru_cache(maxsize=256)
def _written(question: Asked) -> tuple[tuple[str, ...], str, tuple[Any, ...]]:
    """Return the kinds that a question is about, its words and what it fills into them."""
    rows = (
        (
            kind,
            theirs(kind, question.person, region=question.region, whose=question.whose),
            question.most_further if name in question.further else question.most,
        )
        for name, kind in KINDS.items()
        if name in question.kinds
    )
    return together(rows)


def together(
    several: Iterable[tuple[Kind, QuerySet[Any], int]], *, forward: bool = True
) -> tuple[tuple[str, ...], str, tuple[Any, ...]]:
    """Write the first so many keys of several kinds as one question.

    Kinds nobody can reach fall out.
    """
    names: list[str] = []
    parts: list[str] = []
    params: list[Any] = []
    for name, (sql, given) in _each(several, forward=forward):
        number = len(names)
        parts.append(_part(number, sql))
        names.append(name)
        params.extend(given)
    return tuple(names), " UNION ALL ".join(parts), tuple(params)


def _part(number: int, sql: str) -> str:
    return f"SELECT {number}, q{number}.* FROM ({sql}) AS q{number}"  # noqa: S608  # Django's words


def _each(
    several: Iterable[tuple[Kind, QuerySet[Any], int]], *, forward: bool
) -> Iterator[tuple[str, tuple[str, tuple[Any, ...]]]]:
    for kind, rows, most in several:
        order = (kind.since, "pk") if forward else (f"-{kind.since}", "-pk")
        try:
            written = rows.order_by(*order).values_list("pk", kind.since)[:most]
            yield kind.name, written.query.sql_with_params()
        except EmptyResultSet:
            continue
