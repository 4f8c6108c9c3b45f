"""Values of public fields as machines and as people read them. Pure but for the words."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.directory.opendata.field import Column, Kind, OpenField
from ifn.directory.opendata.rows import OpenCertificate, OpenRow, OpenVerification
from ifn.directory.spreadsheets import Value, harmless
from ifn.vocabulary.models import Vocabulary
from ifn.vocabulary.queries import Lexicon

#: Stands between several values of one cell where machines read it.
SEVERAL: Final = "|"


def values_of(row: OpenRow, fields: Sequence[OpenField]) -> list[Any]:
    """Return the values of the fields in their order."""
    return [field.read(row) for field in fields]


def certificates(stated: Iterable[OpenCertificate]) -> list[dict[str, str | None]]:
    """Return certificates as JSON has them."""
    return [
        {
            "code": one.code,
            "number": one.number or None,
            "issuer": one.issuer or None,
            "issued_on": one.issued_on or None,
            "expires_on": one.expires_on or None,
        }
        for one in stated
    ]


def verifications(known: Iterable[OpenVerification]) -> list[dict[str, str]]:
    """Return verified topics as JSON has them."""
    return [
        {"topic": one.topic, "checked_on": one.checked_on, "expires_on": one.expires_on}
        for one in known
    ]


class JsonWriter:
    """Writes rows as JSON in half the time a general encoder takes: kinds are known before."""

    def __init__(self, fields: Sequence[OpenField]) -> None:
        self.fields = [
            (
                field.read.name if isinstance(field.read, Column) else "",
                field.read,
                _WRITE_JSON.get(field.kind, _quoted),
                f'"{field.name}":',
                f'"{field.name}":null',
            )
            for field in fields
        ]

    def text(self, row: OpenRow) -> str:
        """Return one row as a JSON object."""
        columns = row.columns
        pieces = [
            name + write(value)
            if (value := columns[column] if column else read(row)) is not None and value != ""
            else unknown
            for column, read, write, name, unknown in self.fields
        ]
        return f"{{{','.join(pieces)}}}"


_quoted: Final[Callable[[str], str]] = json.encoder.encode_basestring


def _json_texts(texts: Iterable[str]) -> str:
    return f"[{','.join(map(_quoted, texts))}]" if texts else "[]"


_WRITE_JSON: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.NUMBER: str,
    Kind.DECIMAL: lambda value: repr(float(value)),
    Kind.YES_NO: lambda value: "true" if value else "false",
    Kind.TEXTS: _json_texts,
    Kind.CODES: _json_texts,
    Kind.CERTIFICATES: lambda value: (
        json.dumps(certificates(value), ensure_ascii=False) if value else "[]"
    ),
    Kind.VERIFICATIONS: lambda value: json.dumps(verifications(value)) if value else "[]",
}


class CellWriter:
    """Writes values as a text file for machines has them: codes, points, true and false.

    What a CSV writer does right by itself (numbers, codes, nothing) is left to it.
    """

    def __init__(self, fields: Sequence[OpenField]) -> None:
        by_kind: dict[Kind, Callable[[Any], str]] = {
            Kind.TEXT: harmless,
            Kind.TEXTS: lambda value: harmless(_joined(value)),
            Kind.CODES: _joined,
            Kind.CERTIFICATES: lambda value: harmless(_joined(map(_certificate, value))),
            Kind.VERIFICATIONS: lambda value: _joined(map(_verification, value)),
            Kind.YES_NO: lambda value: "true" if value else "false",
        }
        self.special = [
            (place, by_kind[field.kind])
            for place, field in enumerate(fields)
            if field.kind in by_kind
        ]

    def cells(self, values: list[Any]) -> list[Any]:
        """Return what goes into one line."""
        cells = values.copy()
        for place, write in self.special:
            if cells[place] is not None:
                cells[place] = write(cells[place])
        return cells


def _joined(texts: Iterable[str]) -> str:
    return SEVERAL.join([text.replace(SEVERAL, "/") for text in texts])


def _certificate(one: OpenCertificate) -> str:
    days = f"{one.issued_on}/{one.expires_on}" if one.issued_on or one.expires_on else ""
    return " ".join(filter(None, (one.code, one.number, one.issuer, days)))


def _verification(one: OpenVerification) -> str:
    return f"{one.topic} {one.checked_on}/{one.expires_on}"


class PeopleWriter:
    """Writes fields in the language in force; what all rows share is looked up once."""

    def __init__(self, fields: Sequence[OpenField], lexicon: Lexicon) -> None:
        self.fields, self.lexicon = fields, lexicon
        self.language = get_language() or "id"
        self.yes_no = {True: _("Yes"), False: _("No")}
        self.valid_until = _("valid until %(date)s")
        #: The labels of the columns, each with its unit.
        self.headings = [
            f"{one.label} ({one.unit})" if one.unit else f"{one.label}" for one in fields
        ]
        self.choices = {
            field.name: {str(code): str(label) for code, label in field.choices.choices}
            for field in fields
            if field.choices
        }

    def values(self, row: OpenRow) -> list[Value]:
        """Return one line; numbers stay numbers, days days."""
        return [self._value(field, field.read(row)) for field in self.fields]

    def _value(self, field: OpenField, value: Any) -> Any:
        match field.kind:
            case Kind.YES_NO:
                return None if value is None else self.yes_no[value]
            case Kind.CODE:
                return self.choices[field.name].get(value, value)
            case Kind.CODES:
                return "; ".join(self._word(field, code) for code in value) or None
            case Kind.CERTIFICATES:
                return "; ".join(self._certificate(one) for one in value) or None
            case Kind.VERIFICATIONS:
                value = "; ".join(self._verification(field, one) for one in value) or None
            case Kind.TEXTS:
                value = "; ".join(value) or None
            case Kind.DAY | Kind.MOMENT:
                read = date if field.kind == Kind.DAY else datetime
                value = value and read.fromisoformat(value)
        return value

    def _word(self, field: OpenField, code: str) -> str:
        if field.choices:
            return self.choices[field.name].get(code, code)
        word = self.lexicon.get(field.vocabulary, code)
        return word.name_in(self.language) if word else code

    def _verification(self, field: OpenField, one: OpenVerification) -> str:
        topic = self.choices[field.name].get(one.topic, one.topic)
        return f"{topic}, {self.valid_until % {'date': one.expires_on}}"

    def _certificate(self, one: OpenCertificate) -> str:
        word = self.lexicon.get(Vocabulary.CERTIFICATE, one.code)
        name = word.name_in(self.language) if word else one.code
        until = self.valid_until % {"date": one.expires_on} if one.expires_on else ""
        return ", ".join(filter(None, (name, one.number, one.issuer, until)))
