"""Questions of hot pages, put into SQL once per process.

Django builds the SQL of a queryset anew each time it is asked; on a page that costs several times
what the database takes to answer. A prepared question is an ordinary queryset with slots where
values come in: it is put into SQL when it is first asked, then only values change. What comes out
are the same objects.

A slot stands for one value, ``Slot("person")``, or, in an ``__in``, for several,
``Several("keys")``. The queryset is built by a function, as models are not there yet when a module
is read, and must depend on nothing but its slots: no day, no language, no setting.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar, overload

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
#: More values at once are several questions.
MOST: Final = 512


class Slot(Expression):
    """Where a value comes in when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=models.Field())
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return a place for the value, with the slot as a sign that it is to be filled."""
        return "%s", (_Place(self.name, 0),)


class Several(Expression):
    """Where several values come in, right of an ``__in``."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=models.Field())
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return one place, which becomes as many as there are values."""
        return f"({_SEVERAL}{self.name}|)", (_Places(self.name),)


_SEVERAL: Final = "|several:"


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class _Places:
    name: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """A question as SQL, what stands in its places, and how its rows are read."""

    sql: str
    parameters: tuple[Any, ...]
    #: Column, what makes Python values of it, and its expression.
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    model: type[models.Model] | None
    names: tuple[str, ...]
    first: int
    end: int
    populators: tuple[Any, ...]
    annotations: tuple[tuple[str, int], ...]


class Prepared(Generic[M]):
    """A question that is put into SQL once for each kind of database, and each number of values."""

    def __init__(self, build: Callable[[], "models.QuerySet[M, Any]"]) -> None:
        self._build = build
        self._plans: dict[tuple[Any, ...], _Plan] = {}

    def objects(self, **given: Any) -> list[M]:
        """Return the objects that answer the question, with what was selected beside them."""
        plan, rows = self._asked(given)
        return list(_objects(plan, rows)) if rows else []

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """Return the values that answer a question of ``values_list``, in the order it names."""
        return self._asked(given)[1]

    def rows_of_all(self, **given: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return the values for any number of one slot's values; a question for each ``MOST``.

        The queryset must neither count nor cut, and whatever its order, the rows have none.
        """
        ((name, values),) = given.items()
        parts = (values[first : first + MOST] for first in range(0, len(values), MOST))
        return [row for part in parts for row in self.rows(**{name: part})]

    def column(self, **given: Any) -> list[Any]:
        """Return the first value of each row."""
        return [row[0] for row in self._asked(given)[1]]

    def _asked(self, given: dict[str, Any]) -> tuple[_Plan, list[tuple[Any, ...]]]:
        connection = connections[DEFAULT_DB_ALIAS]
        several = {name: _full(value) for name, value in given.items() if _is_several(value)}
        plan = self._plan(connection, {name: len(value) for name, value in several.items()})
        if any(not value for value in several.values()):
            return plan, []
        parameters = [
            _value(one, given, several, connection) if isinstance(one, _Place) else one
            for one in plan.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return plan, _converted(found, plan, connection) if plan.converters else found

    def _plan(self, connection: BaseDatabaseWrapper, numbers: dict[str, int]) -> _Plan:
        key = (connection.vendor, *sorted(numbers.items()))
        if key not in self._plans:
            self._plans[key] = _planned(self._build(), connection, numbers)
        return self._plans[key]


class Pages(Generic[M]):
    """A long answer that is read by pages: how much there is, and any stretch of it.

    The queryset has an order and yields one value a row (``values_list``).
    """

    def __init__(self, build: Callable[[], "models.QuerySet[M, Any]"]) -> None:
        self._build = build
        self._count: Prepared[M] = Prepared(lambda: counted(build()))
        self._stretches: dict[tuple[int, int], Prepared[M]] = {}

    def of(self, **given: Any) -> "Pageable":
        """Return what Django's paginator takes, for these values."""
        return Pageable(self, given)

    def count(self, **given: Any) -> int:
        """Return how much there is."""
        return sum(self._count.column(**given))

    def stretch(self, first: int, end: int, **given: Any) -> list[Any]:
        """Return the values from one place up to another; none where that is no stretch."""
        if end <= first:
            return []
        if (first, end) not in self._stretches:
            if len(self._stretches) >= MOST:  # somebody leafs through everything
                self._stretches.clear()
            self._stretches[first, end] = Prepared(lambda: self._build()[first:end])
        return self._stretches[first, end].column(**given)


class Pageable(Sequence[Any]):
    """What ``Pages`` finds for some values, as a paginator asks for it."""

    def __init__(self, pages: Pages[Any], given: dict[str, Any]) -> None:
        self._pages, self._given = pages, given

    def __len__(self) -> int:
        return self._pages.count(**self._given)

    @overload
    def __getitem__(self, part: int) -> Any: ...
    @overload
    def __getitem__(self, part: slice) -> Sequence[Any]: ...
    def __getitem__(self, part: int | slice) -> Any:
        if isinstance(part, int):
            return self._pages.stretch(part, part + 1, **self._given)[0]
        end = len(self) if part.stop is None else part.stop
        return self._pages.stretch(part.start or 0, end, **self._given)


def counted(queryset: "models.QuerySet[M, Any]") -> "models.QuerySet[M, Any]":
    """Return a question that answers with the number of rows, or with no row where there is none.

    Django's own ``count`` asks at once, and cannot be prepared.
    """
    one = models.Value(1, output_field=models.IntegerField())
    rows = queryset.order_by().values(one_=one)
    found: models.QuerySet[M, Any] = rows.annotate(number_=models.Count("pk")).values_list(  # type: ignore[assignment]
        "number_"
    )
    return found


def _is_several(value: object) -> bool:
    return isinstance(value, (list, tuple, set, frozenset))


def _full(value: Iterable[Any]) -> list[Any]:
    """Return values, the last of them again until their number is a power of two.

    So there are ten plans of a question, not as many as there are numbers of values.
    """
    values = list(value)
    if len(values) > MOST:
        msg = f"{len(values)} values at once, at most {MOST} can be asked for"
        raise ValueError(msg)
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return values + values[-1:] * (wanted - len(values))


def _value(
    place: _Place,
    given: dict[str, Any],
    several: dict[str, list[Any]],
    connection: BaseDatabaseWrapper,
) -> Any:
    value = several[place.name][place.number] if place.name in several else given[place.name]
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _planned(
    queryset: "models.QuerySet[Any, Any]",
    connection: BaseDatabaseWrapper,
    numbers: dict[str, int],
) -> _Plan:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, found = compiler.as_sql()
    parameters: list[Any] = []
    for one in found:
        if isinstance(one, _Places):
            number = max(1, numbers[one.name])
            places = ", ".join(["%s"] * number)
            sql = sql.replace(f"{_SEVERAL}{one.name}|", places, 1)
            parameters += (_Place(one.name, place) for place in range(number))
        else:
            parameters.append(one)
    select, how = compiler.select, compiler.klass_info
    of_select = compiler.get_converters([column[0] for column in select])
    converters = tuple((at, tuple(those), what) for at, (those, what) in of_select.items())
    if how is None or queryset._fields is not None:  # type: ignore[attr-defined]
        return _Plan(sql, tuple(parameters), converters, None, (), 0, 0, (), ())
    first, end = how["select_fields"][0], how["select_fields"][-1] + 1
    return _Plan(
        sql,
        tuple(parameters),
        converters,
        how["model"],
        tuple(column[0].target.attname for column in select[first:end]),
        first,
        end,
        tuple(get_related_populators(how, select, DEFAULT_DB_ALIAS)),  # type: ignore[call-arg]
        tuple((compiler.annotation_col_map or {}).items()),
    )


def _converted(
    rows: Sequence[tuple[Any, ...]], plan: _Plan, connection: BaseDatabaseWrapper
) -> list[tuple[Any, ...]]:
    told = []
    for row in rows:
        values = list(row)
        for at, converters, expression in plan.converters:
            for convert in converters:
                values[at] = convert(values[at], expression, connection)
        told.append(tuple(values))
    return told


def _objects(plan: _Plan, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    if plan.model is None:
        msg = "a question of values has no objects"
        raise TypeError(msg)
    for row in rows:
        one = plan.model.from_db(DEFAULT_DB_ALIAS, plan.names, row[plan.first : plan.end])
        for populator in plan.populators:
            populator.populate(row, one)
        for name, at in plan.annotations:
            setattr(one, name, row[at])
        yield one
