"""``ifn load FILE``: turn the rows of a published list into profiles, with a report of each row."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from ifn.intake import actions, report
from ifn.intake.actions import Incoming, Outcome
from ifn.intake.mapping import FIELDS, NoHeader, UnknownColumn, UnknownField, Wanted
from ifn.intake.models import Row
from ifn.intake.reading import MOST_BYTES, Unreadable
from ifn.intake.types import MappingWrong, stated_from
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: What the command returns when it loaded nothing because something was wrong.
REFUSED = 2


#: What can be left of rows that were not applied.
LEFT = (Row.State.MAYBE, Row.State.TWICE, Row.State.ERROR, Row.State.SKIPPED)


class _Refused(Exception):  # noqa: N818
    """The command stops; ``str()`` is the message for the person."""


class Command(BaseCommand):
    help = "Load a list of businesses (.xlsx, .xls, .csv) and report on each of its rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = f"Fields for --map: {', '.join(FIELDS)}."
        parser.add_argument("file", help="the list")
        parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
        parser.add_argument("--type", action="append", default=[], metavar="COLUMN")
        parser.add_argument("--roles", metavar="FILE.json", help="what type values mean")
        parser.add_argument("--only", action="append", default=[], metavar="COLUMN=VALUE")
        parser.add_argument("--region", default="", metavar="CODE", help="for rows without a place")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--header-row", type=int, metavar="N")
        parser.add_argument(
            "--source",
            default="",
            metavar="LABEL",
            help="who published the list; profiles name it as their source",
        )
        parser.add_argument("--stated-on", metavar="YYYY-MM-DD", help="the list's own date")
        parser.add_argument("--report", metavar="OUT", help="write the report as .csv or .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="decide, and write nothing")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            try:
                self._load(options)
            except (_Refused, Unreadable) as refused:
                self._stop(str(refused))
            except NoHeader:
                self._stop(
                    _(
                        "No header with a column for the name was found. Say which column it is, "
                        "as in --map name='Factory Name', and in which row, as in --header-row 2."
                    )
                )
            except UnknownColumn as unknown:
                self._stop(
                    _("There is no column “%(column)s”. The list has: %(columns)s.")
                    % {"column": unknown.wanted, "columns": ", ".join(unknown.columns)}
                )
            except UnknownField as unknown:
                self._stop(
                    _("There is no field “%(field)s”. Fields are: %(fields)s.")
                    % {"field": str(unknown), "fields": ", ".join(FIELDS)}
                )

    def _stop(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(REFUSED)

    def _load(self, options: dict[str, Any]) -> None:
        out = options["report"]
        if out and Path(out).suffix.lower() not in report.ENDINGS:
            raise _Refused(_("The report is written as .csv or .xlsx, not as “%s”.") % out)
        incoming = _incoming(options)
        if options["dry_run"]:
            outcome = actions.propose(incoming, at=now())
            summary = _("Nothing was written (--dry-run).")
        else:
            outcome, summary = actions.load(incoming, actor=None, at=now()), ""
            if outcome.already:
                summary = _("This list was loaded before; nothing was changed.")
        self._show(outcome, summary)
        if out:
            _write(Path(out), report.as_file(outcome, out))

    def _show(self, outcome: Outcome, summary: str) -> None:
        columns = outcome.columns
        said = columns.said()
        self.stdout.write(
            _("Sheet “%(sheet)s”, header in row %(row)s.")
            % {"sheet": outcome.sheet, "row": said["header_row"]}
        )
        for name, place in columns.fields.items():
            self.stdout.write(f"  {name} = {columns.header[place]}")
        for place in columns.types:
            self.stdout.write(f"  type = {columns.header[place]}")
        for line in report.table(outcome):
            self.stdout.write(line)
        counts = outcome.counts()
        states = (f"{state.label}: {counts[state]}" for state in (*Row.Outcome, *LEFT))
        self.stdout.write(". ".join(map(str, states)) + ".")
        if summary:
            self.stdout.write(summary)


def _incoming(options: dict[str, Any]) -> Incoming:
    stated = _stated_types(options["roles"])
    path = Path(options["file"])
    region = options["region"]
    if region and all_regions().get(region) is None:
        raise _Refused(_("There is no region with the code “%s”.") % region)
    return Incoming(
        content=_content(path),
        file_name=path.name,
        stated_on=_day(options["stated_on"]),
        sheet=options["sheet"],
        wanted=Wanted(
            fields={str(name): column for name, column in _pairs(options["map"]).items()},
            types=[*options["type"], *(stated or ())],
            only=_pairs(options["only"]),
            header_row=options["header_row"],
        ),
        stated_types=stated,
        region=region,
        source=options["source"],
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise _Refused(
            _("The file “%(file)s” cannot be read: %(reason)s.")
            % {"file": path, "reason": fault.strerror}
        ) from None


def _pairs(written: list[str]) -> dict[str | int, str]:
    pairs: dict[str | int, str] = {}
    for pair in written:
        left, sign, right = pair.partition("=")
        if not (sign and left.strip() and right.strip()):
            raise _Refused(_("“%s” lacks an equals sign: write LEFT=RIGHT.") % pair)
        pairs[left.strip()] = right.strip()
    return pairs


def _day(written: str | None) -> date:
    if written is None:
        return localdate()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _Refused(_("“%s” is not a date such as 2023-08-31.") % written) from None


def _stated_types(path: str | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        content: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        stated_from(content, (word.key for word in lexicon().words))
    except OSError as fault:
        raise _Refused(
            _("The file “%(file)s” cannot be read: %(reason)s.")
            % {"file": path, "reason": fault.strerror}
        ) from None
    except MappingWrong as wrong:
        raise _Refused(
            _("The mapping in “%(file)s” is wrong at “%(where)s”.")
            % {"file": path, "where": wrong.where}
        ) from None
    except ValueError:  # neither JSON nor text
        raise _Refused(_("The file “%s” is not JSON.") % path) from None
    return content


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise _Refused(
            _("The report “%(file)s” cannot be written: %(reason)s.")
            % {"file": path, "reason": fault.strerror}
        ) from None
