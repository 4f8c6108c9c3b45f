"""``ifn linkage pairs LEFT RIGHT`` and ``ifn linkage duplicates FILE``: which rows are one firm?"""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from ifn.linkage.deciding import Decision, Thresholds
from ifn.linkage.gazetteer import Gazetteer
from ifn.linkage.matching import Pair, duplicates, pairs
from ifn.linkage.records import Record
from ifn.linkage.tables import (
    FIELDS,
    ColumnMissing,
    NoTable,
    NotText,
    Table,
    as_csv,
    gazetteer_of,
    read_table,
    records_of,
)
from ifn.linkage.wording import reasons

#: The regencies and cities that ship with the platform.
REGIONS: Final = Path(__file__).parents[3] / "regions" / "data" / "regions.csv"
Made = TypeVar("Made")
#: What the command returns when it compared nothing because something was wrong.
REFUSED = 2


class _Refused(Exception):  # noqa: N818
    """The command stops; ``str()`` is the message for the person."""


class Command(BaseCommand):
    help = "Find the rows of one list, or of two, that are about the same plant of the same firm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="pairs|duplicates")
        two = what.add_parser("pairs", help="which rows of one list are rows of another")
        two.add_argument("left", help="a list as .csv")
        two.add_argument("right", help="another list as .csv")
        one = what.add_parser("duplicates", help="which rows of one list are the same")
        one.add_argument("left", metavar="file", help="a list as .csv")
        for each in (two, one):
            _add_options(each)

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            try:
                self._compare(options)
            except _Refused as refused:
                self._stop(str(refused))

    def _stop(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(REFUSED)

    def _compare(self, options: dict[str, Any]) -> None:
        thresholds = Thresholds(same=options["same"], ask=options["ask"])
        columns = _columns(options["columns"])
        left = _records(options["left"], columns)
        known = _gazetteer(options["regions"])
        if options["what"] == "pairs":
            right = _records(options["right"], columns)
            found = pairs(left, right, thresholds=thresholds, gazetteer=known)
        else:
            found = duplicates(left, thresholds=thresholds, gazetteer=known)
        table = as_csv(map(_row, found))
        if options["out"] is None:
            self.stdout.write(table, ending="")
            return
        _write(Path(options["out"]), table)
        counts = Counter(pair.decision for pair in found)
        self.stdout.write(
            _("%(pairs)s pairs: %(same)s the same, %(ask)s for a person to decide.")
            % {
                "pairs": len(found),
                "same": counts[Decision.SAME],
                "ask": counts[Decision.ASK],
            }
        )


def _add_options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = f"Names for --columns: {', '.join(FIELDS)}; any other is compared as text."
    parser.add_argument(
        "--columns", required=True, metavar="name=COLUMN,…", help="which column is what"
    )
    parser.add_argument("--out", metavar="FILE", help="write the pairs here as .csv")
    limits = Thresholds()
    parser.add_argument(
        "--same",
        type=_share,
        default=limits.same,
        metavar="P",
        help=f"how likely a pair with an exact key must be to be joined ({limits.same})",
    )
    parser.add_argument(
        "--ask",
        type=_share,
        default=limits.ask,
        metavar="P",
        help=f"how likely a pair must be to be shown to a person ({limits.ask})",
    )
    parser.add_argument(
        "--regions",
        default=str(REGIONS) if REGIONS.exists() else "",
        metavar="FILE",
        help="a .csv of regencies and cities with columns code and name; '' for none",
    )
    parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])


def _share(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"{written} is not a number from 0 to 1")
    return number


def _columns(written: str) -> dict[str, str]:
    columns = {}
    for pair in filter(str.strip, re.split(r",(?=[^,=]*=)", written)):
        label, sign, column = pair.partition("=")
        if not (sign and label.strip() and column.strip()):
            raise _Refused(_("“%s” lacks an equals sign: write name=COLUMN.") % pair.strip())
        columns[label.strip()] = column.strip()
    if not columns:
        raise _Refused(_("--columns names no column: write name=COLUMN."))
    return columns


def _records(path: str, columns: dict[str, str]) -> list[Record]:
    return _read(path, lambda table: records_of(table, columns))


def _gazetteer(path: str) -> Gazetteer | None:
    return _read(path, gazetteer_of) if path else None


def _read(path: str, made_of: Callable[[Table], Made]) -> Made:
    try:
        return made_of(read_table(Path(path).read_bytes()))
    except OSError as fault:
        raise _Refused(
            _("The file “%(file)s” cannot be read: %(reason)s.")
            % {"file": path, "reason": fault.strerror}
        ) from None
    except NotText as fault:
        raise _Refused(
            _("The file “%(file)s” is not UTF-8 text (line %(line)s). Save it as CSV UTF-8.")
            % {"file": path, "line": fault.row}
        ) from None
    except NoTable:
        raise _Refused(_("The file “%s” is not a CSV table with a header.") % path) from None
    except ColumnMissing as missing:
        raise _Refused(
            _("“%(file)s” has no column “%(column)s”. It has: %(columns)s.")
            % {"file": path, "column": missing.column, "columns": ", ".join(missing.columns)}
        ) from None


def _row(pair: Pair) -> tuple[object, ...]:
    score = f"{pair.comparison.probability:.4f}"
    return pair.left, pair.right, score, pair.decision.value, "; ".join(reasons(pair.comparison))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as fault:
        raise _Refused(
            _("The file “%(file)s” cannot be written: %(reason)s.")
            % {"file": path, "reason": fault.strerror}
        ) from None
