"""The database's own sums of levels and needs by region, written with what they are sums of.

Only firms that the office counts are in them: no hidden ones. Triggers add what begins to count and
take away what ends to, in the same statement; also where a firm moves to another region, is hidden
or has another name, of which the room that writes it knows nothing. Each gives the
questionnaire another stamp, by which what a process keeps in memory is known to be out of date; a
transaction that rolls back brings its old stamp back. On PostgreSQL whoever stamps holds the
questionnaire until the transaction ends, so that no two wait for each other's sums.

On SQLite a migration that rebuilds one of the three tables, ``directory_business`` too, drops its
triggers: it must call ``keep_sums`` again (``tests/assessments/test_standings.py`` notices when it
did not). ``ifn standings`` counts anew.
"""

from dataclasses import dataclass
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from ifn.directory.models import Business

BUSINESS: Final = "directory_business"
#: The condition that a firm counts, as ``Business.objects.counted()`` has it.
_COUNTED: Final = (
    f"{{firm}}.kind = '{Business.Kind.BUSINESS}' AND {{firm}}.status IN ("
    + ", ".join(f"'{one}'" for one in Business.COUNTED)
    + ")"
)
#: Columns of a firm that results show, or by which it counts.
_TELLING: Final = ("region_id", "kind", "status", "name")


@dataclass(frozen=True, slots=True)
class Sum:
    """A table of sums: of which rows, by what beside the region, and what is added up."""

    table: str
    source: str
    counts: str
    keys: tuple[str, ...]
    #: Columns of the sums with what one row adds, ``{row}`` being the row.
    adds: tuple[tuple[str, str], ...]

    def added(self, row: str, sign: str, region: str, rest: str) -> str:
        """Return the statement that adds rows, or takes them away, with the sign."""
        columns = ", ".join([*self.keys, "region", *(name for name, _value in self.adds)])
        values = [
            *(f"{row}.{key}" for key in self.keys),
            f"COALESCE({region}, '')",
            *(f"{sign}({value.format(row=row)})" for _name, value in self.adds),
        ]
        changed = ", ".join(
            f"{name} = {self.table}.{name} + excluded.{name}" for name, _value in self.adds
        )
        return (
            f"INSERT INTO {self.table} ({columns}) SELECT {', '.join(values)} {rest} "
            f"ON CONFLICT ({', '.join([*self.keys, 'region'])}) DO UPDATE SET {changed};"
        )

    def row(self, row: str, sign: str) -> str:
        """Return the statement of a trigger that adds its row, or takes it away."""
        rest = f"FROM {BUSINESS} b WHERE b.id = {row}.business_id AND {_COUNTED.format(firm='b')}"
        return self.added(row, sign, "b.region_id", rest)

    def of_firm(self, row: str, sign: str) -> str:
        """Return the statement of a trigger on firms that adds all of a firm, or takes it away."""
        counts = f"s.{self.counts} AND {_COUNTED.format(firm=row)}"
        rest = f"FROM {self.source} s WHERE s.business_id = {row}.id AND {counts}"
        return self.added("s", sign, f"{row}.region_id", rest)

    def from_scratch(self) -> tuple[str, str]:
        """Return the statements that empty the table and add everything up anew."""
        columns = ", ".join([*self.keys, "region", *(name for name, _value in self.adds)])
        keys = ", ".join([*(f"s.{key}" for key in self.keys), "COALESCE(b.region_id, '')"])
        sums = ", ".join(f"SUM({value.format(row='s')})" for _name, value in self.adds)
        empty = f"DELETE FROM {self.table}"  # noqa: S608  # names of our own
        fill = (
            f"INSERT INTO {self.table} ({columns}) SELECT {keys}, {sums} FROM {self.source} s "  # noqa: S608  # names of our own
            f"JOIN {BUSINESS} b ON b.id = s.business_id "
            f"WHERE s.{self.counts} AND {_COUNTED.format(firm='b')} GROUP BY {keys}"
        )
        return empty, fill


SUMS: Final = (
    Sum(
        table="assessments_standing",
        source="assessments_score",
        counts="is_current",
        keys=("instrument_id", "dimension", "line"),
        adds=(
            ("firms", "1"),
            ("levels", "CAST(ROUND({row}.level * 100) AS INTEGER)"),
            ("weights", "CAST(ROUND({row}.weight * 10000) AS INTEGER)"),
            ("low", "CASE WHEN {row}.level < 2 THEN 1 ELSE 0 END"),
        ),
    ),
    Sum(
        table="assessments_assessed",
        source="assessments_assessment",
        counts="is_latest",
        keys=("instrument_id",),
        adds=(
            ("firms", "1"),
            ("needs", "CAST(ROUND(COALESCE({row}.need, 0) * 10000) AS INTEGER)"),
        ),
    ),
)
_MOVED: Final = f"{BUSINESS}_sums"
#: Never the same twice: on PostgreSQL one for each statement, for a load has thousands of rows.
_STAMPS: Final = {
    "sqlite": "UPDATE assessments_instrument SET stamp = random() WHERE id IN ({keys});",
    "postgresql": "UPDATE assessments_instrument SET stamp = hashtextextended("
    "txid_current()::text || statement_timestamp()::text, 0) "
    "WHERE id IN ({keys}) AND stamp IS DISTINCT FROM hashtextextended("
    "txid_current()::text || statement_timestamp()::text, 0);",
}
_OF_FIRM: Final = (
    "SELECT instrument_id FROM assessments_assessment WHERE business_id = NEW.id AND is_latest"
)


def keep_sums(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers and add up what is there; for a migration."""
    made = _postgresql() if editor.connection.vendor == "postgresql" else _sqlite()
    for statement in made:
        editor.execute(statement, params=None)
    with editor.connection.cursor() as cursor:
        add_up(cursor)


def keep_other_sums(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Replace triggers that were created as they were once, and add up anew; for a migration."""
    end_sums(apps, editor)
    keep_sums(apps, editor)


def end_sums(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back, or before a table is rebuilt."""
    if editor.connection.vendor == "postgresql":
        for name in (*(one.source for one in SUMS), _MOVED):
            editor.execute(f"DROP FUNCTION IF EXISTS {_function(name)} CASCADE", params=None)
        return
    for trigger in triggers():
        editor.execute(f"DROP TRIGGER IF EXISTS {trigger}", params=None)


def add_up(cursor: CursorWrapper) -> None:
    """Count every sum from scratch."""
    every = "SELECT id FROM assessments_instrument"
    cursor.execute(_STAMPS[cursor.db.vendor].format(keys=every))
    for one in SUMS:
        for statement in one.from_scratch():
            cursor.execute(statement)


def triggers() -> list[str]:
    """Return the names of the triggers that must be there on SQLite."""
    return [name for one in (*(one.source for one in SUMS), _MOVED) for name in _names(one)]


def _names(name: str) -> list[str]:
    if name == _MOVED:
        return [name]
    return [f"{name}_sums_{when}" for when in ("begins", "ends", "off", "on")]


def _function(name: str) -> str:
    return f"{name if name == _MOVED else f'{name}_sums'}()"


def _sqlite() -> list[str]:
    made, stamp = [], _STAMPS["sqlite"]
    for one in SUMS:
        begins, ends, off, on = _names(one.source)
        taken = stamp.format(keys="OLD.instrument_id") + one.row("OLD", "-")
        given = stamp.format(keys="NEW.instrument_id") + one.row("NEW", "")
        is_old, is_new = f"OLD.{one.counts}", f"NEW.{one.counts}"
        made += [
            _trigger(begins, f"INSERT ON {one.source}", is_new, given),
            _trigger(ends, f"DELETE ON {one.source}", is_old, taken),
            _trigger(off, f"UPDATE ON {one.source}", is_old, taken),
            _trigger(on, f"UPDATE ON {one.source}", is_new, given),
        ]
    event, has_changed = _changes("IS NOT")
    return [*made, _trigger(_MOVED, event, has_changed, _moves("sqlite"))]


def _changes(differs: str) -> tuple[str, str]:
    """Return the event that a firm may be another than it was, and the condition that it is."""
    event = f"UPDATE OF {', '.join(_TELLING)} ON {BUSINESS}"
    return event, " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _TELLING)


def _moves(vendor: str) -> str:
    """Return what happens when a firm has another region, counts no longer, or is renamed."""
    moves = " ".join(one.of_firm("OLD", "-") + one.of_firm("NEW", "") for one in SUMS)
    return _STAMPS[vendor].format(keys=_OF_FIRM) + moves


def _trigger(name: str, event: str, condition: str, body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} WHEN {condition} BEGIN {body} END"


def _postgresql() -> list[str]:
    made, stamp = [], _STAMPS["postgresql"]
    for one in SUMS:
        taken = stamp.format(keys="OLD.instrument_id") + one.row("OLD", "-")
        given = stamp.format(keys="NEW.instrument_id") + one.row("NEW", "")
        made += [
            _body(
                _function(one.source),
                f"IF TG_OP <> 'INSERT' THEN IF OLD.{one.counts} THEN {taken} END IF; END IF; "
                f"IF TG_OP <> 'DELETE' THEN IF NEW.{one.counts} THEN {given} END IF; END IF;",
            ),
            _each_row(f"{one.source}_sums", f"INSERT OR UPDATE OR DELETE ON {one.source}"),
        ]
    event, has_changed = _changes("IS DISTINCT FROM")
    return [
        *made,
        _body(_function(_MOVED), _moves("postgresql")),
        _each_row(_MOVED, event, f"WHEN ({has_changed})"),
    ]


def _each_row(name: str, event: str, condition: str = "") -> str:
    return f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"


def _body(function: str, does: str) -> str:
    return (
        f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{does} RETURN NULL; END $$"
    )
