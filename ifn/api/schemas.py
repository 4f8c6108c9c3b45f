"""What the API takes and gives, made from the directory's own lists of fields and filters."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from django.utils import translation
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, create_model

from ifn.directory.listings import VOCABULARY_OF
from ifn.directory.models import Verification as VerificationModel
from ifn.directory.opendata.archive import code_list
from ifn.directory.opendata.field import Kind, OpenField
from ifn.directory.opendata.fields import LISTED_FIELDS, OPEN_FIELDS
from ifn.directory.search.filters import (
    FIXED,
    LONGEST_TEXT,
    MOST_VALUES,
    PARAMETERS,
    SWITCHES,
)
from ifn.vocabulary.models import Vocabulary

Topic = VerificationModel.Topic

#: Profiles of one page.
USUAL, MOST = 50, 100
#: An order that no change of the data changes, so that pages neither skip nor repeat.
STABLE: Final = "stable"
SORTS: Final = (STABLE, "relevance", "fresh", "distance", "capacity")


class Certificate(Schema):
    """A certificate as the business states it; the statement is not a verification."""

    code: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    expires_on: date | None


class Verification(Schema):
    """A topic that the network checked with evidence; it holds until its last day."""

    topic: Literal[tuple(Topic.values)]  # type: ignore[valid-type]
    checked_on: date
    expires_on: date


class ParameterFault(Schema):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ParameterFault] | None = None


_TYPES: Final[dict[Kind, Any]] = {
    Kind.TEXT: str,
    Kind.ADDRESS: str,
    Kind.CODE: str,
    Kind.TEXTS: list[str],
    Kind.CODES: list[str],
    Kind.CERTIFICATES: list[Certificate],
    Kind.VERIFICATIONS: list[Verification],
    Kind.NUMBER: int,
    Kind.DECIMAL: float,
    Kind.YES_NO: bool,
    Kind.DAY: date,
    Kind.MOMENT: datetime,
}
_LISTS: Final = {Kind.TEXTS, Kind.CODES, Kind.CERTIFICATES, Kind.VERIFICATIONS}


def _typed(field: OpenField) -> tuple[Any, Any]:
    """Return a field as a schema has it: what is not known is null, lists are empty."""
    kind = _TYPES[field.kind]
    if field.choices and field.kind in {Kind.CODE, Kind.CODES}:
        codes = Literal[tuple(str(code) for code in field.choices.values)]  # type: ignore[valid-type]
        kind = list[codes] if field.kind in _LISTS else codes  # type: ignore[valid-type]
    if field.kind not in _LISTS and not field.is_always_known:
        kind |= None
    words = str(field.meaning)
    if field.unit:
        words += f" Unit: {field.unit}."
    if field.vocabulary:
        words += f" Codes of the list `{code_list(field)}` of /vocabulary."
    return kind, Field(description=words)


#: What stands in a description before the name of a vocabulary.
LIST: Final = " List: "
#: What each address answers with, by its end.
SUMMARIES: Final = {
    "/businesses": _("Businesses that fit a filter"),
    "/businesses/{number}": _("One business by its number"),
    "/regions": _("Provinces, regencies and cities"),
    "/vocabulary": _("Words of the trade"),
}
_FILTERS: Final = {
    "kind": _("business or organisation."),
    "link": _("Link of the chain."),
    "fresh": _(
        "`year`: confirmed within a year; `all`: also those that nobody confirmed for long, which"
        " are left out otherwise."
    ),
    "province": _("Code of a province."),
    "regency": _("Code of a regency or city."),
    "job_order": _("Only those who take job orders (maklon)."),
    "picture": _("Only those with pictures."),
    "verified": _("Verified by the network in any of these topics, and still."),
}


def _filter(group: str) -> tuple[Any, Any]:
    """Return a filter of the directory's page as a parameter."""
    if group in SWITCHES:
        return bool, Field(
            False, description=_FILTERS.get(group, _("Only those of which this is true."))
        )
    words = _FILTERS.get(group, _("Codes of the vocabulary; any of several."))
    if group in VOCABULARY_OF:
        words += f"{LIST}{VOCABULARY_OF[group]}."
    kind: Any = list[Literal[tuple(FIXED[group])]] if group in FIXED else list[str]  # type: ignore[misc]
    return kind, Field(default_factory=list, max_length=MOST_VALUES, description=words)


if TYPE_CHECKING:
    VocabularyName = str

    class Business(Schema):
        """The fields of lists."""

    class BusinessWhole(Schema):
        """All public fields."""

    class BusinessQuery(Schema):
        """The parameters that have names of their own; those of the page's filters come with it."""

        q: str
        capacity_min: int | None
        minimum_order_max: int | None
        near: str
        confirmed_since: date | None
        exact: bool
        sort: str
        limit: int
        cursor: str
else:
    VocabularyName = Literal[("", *Vocabulary.values)]
    with translation.override("en"):
        Business = create_model(
            "Business", __base__=Schema, **{one.name: _typed(one) for one in LISTED_FIELDS}
        )
        BusinessWhole = create_model(
            "BusinessWhole", __base__=Schema, **{one.name: _typed(one) for one in OPEN_FIELDS}
        )
    BusinessQuery = create_model(
        "BusinessQuery",
        __base__=Schema,
        q=(str, Field("", max_length=LONGEST_TEXT, description=_("Words, as in the search box."))),
        **{group: _filter(group) for group in PARAMETERS},
        capacity_min=(
            int | None,
            Field(None, ge=1, le=10**9, description=_("At least so many pairs a month.")),
        ),
        minimum_order_max=(
            int | None,
            Field(None, ge=1, le=10**9, description=_("A minimum order of at most so many pairs.")),
        ),
        near=(
            str,
            Field("", max_length=5, description=_("Code of a region; sorts by distance from it.")),
        ),
        confirmed_since=(
            date | None,
            Field(None, description=_("Confirmed on this day or later.")),
        ),
        exact=(bool, Field(False, description=_("No spelling is mended, no word left out."))),
        sort=(
            Literal[("", *SORTS)],
            Field(
                "",
                description=_(
                    "`stable`, the order of entry, which alone has cursors, or a ranking."
                    " Without it: `distance` with `near`, `relevance` with `q`, else `stable`."
                ),
            ),
        ),
        limit=(int, Field(USUAL, ge=1, le=MOST, description=_("Profiles in one answer."))),
        cursor=(
            str,
            Field("", max_length=200, description=_("Where to go on; from `next_cursor` before.")),
        ),
    )


class BusinessPage(Schema):
    """Some profiles of all that fit."""

    data: list[Business]
    total: int = Field(description="How many fit in all.")
    sort: Literal[SORTS]  # type: ignore[valid-type]
    next_cursor: str | None = Field(
        description="Where the next page begins; null at the end, and always where a ranking sorts."
    )
    next: str | None = Field(description="The address of the next page.")
    notes: list[str] = Field(description="What to know about the question.")


class Region(Schema):
    """A province, regency or city."""

    code: str = Field(description='Kemendagri code; text: "11.10" is not 11.1.')
    name: str
    kind: Literal["provinsi", "kabupaten", "kota"]
    province: str | None = Field(description="Code of the province; null for a province.")
    latitude: float
    longitude: float


class RegionList(Schema):
    """All regions that were asked for, in order of code."""

    data: list[Region]


class Term(Schema):
    """A word of the trade in both languages."""

    vocabulary: str
    code: str
    parent: str | None
    name_id: str
    name_en: str
    synonyms_id: list[str]
    synonyms_en: list[str]
    is_active: bool = Field(description="False: still found in data, no longer offered.")


class TermList(Schema):
    """The words of the lists that were asked for, in their order."""

    data: list[Term]
