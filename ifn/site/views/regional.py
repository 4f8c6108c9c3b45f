"""The office's look at the regions: what firms need there, who was served, what is planned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments.models import InstrumentVersion
from ifn.assessments.policies import can_assess_any
from ifn.assessments.queries.assessments import places_of
from ifn.assessments.queries.instruments import document_of, versions_to_show
from ifn.assessments.queries.standings import Where
from ifn.assessments.wording import topic_in_short, topic_reason
from ifn.directory import downloads
from ifn.directory.spreadsheets import KINDS, Value
from ifn.programmes.policies import can_plan
from ifn.regions.queries import all_regions
from ifn.site import regional
from ifn.site.regional import ORDERS, YEARS, Asked, Row
from ifn.ui import fragments
from ifn.ui.listing import query_with
from ifn.ui.maps import Bubble, bubble_map

PER_PAGE: Final = 50
_HERE: Final = "site/fragments/"
#: A file has the names of dimensions in one column; longer addresses are not needed to begin.
_PLACES: Final = "kabupaten"
#: So long is the code of a province.
_PROVINCE: Final = 2


@access.staff
@require_safe
def regions(request: SignedInRequest) -> HttpResponse:
    """Show where firms need most, who was served, who never was, and what is planned.

    The office sees the provinces and goes on to their regencies; a Dinas sees its own regions.
    """
    access.require(can_assess_any(request.user))
    asked, version, offered = _asked(request)
    found = regional.rows(asked, version, all_regions())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    names = _names(version)
    firms, never = sum(one.firms for one in found), sum(one.never for one in found)
    context = {
        "asked": asked,
        "place": all_regions().get(asked.where.place),
        "version": version,
        "offered": offered,
        "years": [(years, _years(years)) for years in sorted(YEARS)],
        "chosen_years": _since_years(request),
        "tabs": _tabs(request, asked),
        "heads": _heads(request, asked),
        "page": page,
        "rows": fragments.fill_each(
            f"{_HERE}regional_row.html",
            [_written(one, asked, version, names, plans=can_plan(request.user)) for one in page],
        ),
        "says": _says(firms, never),
        "map": _map(found, asked),
        "file": query_with(request.GET, {"hal": ""}).removeprefix("?"),
        "is_bounded": asked.where.within is not None,
        "territory": [all_regions().full_name(code) for code in asked.where.within or ()],
    }
    return render(request, "site/regional.html", context)


@access.staff
@require_safe
def regions_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """Return the same table as a file, all of it."""
    access.require(can_assess_any(request.user))
    if kind not in KINDS:
        raise Http404
    asked, version, _offered = _asked(request)
    names = _names(version)
    heading = [
        *(_("Code"), _("Region"), _("Firms"), _("Assessed"), _("Need, percent")),
        *(_("First topic"), _("Why"), _("Served"), _("Served in these years"), _("Never served")),
        *(_("Batches planned"), _("Batches open"), _("Batches being prepared")),
        *(_("Batches under way"), _("Batches done")),
        *(_("Seats planned"), _("Seats taken")),
    ]
    rows: list[list[Value]] = [
        [
            *(one.code, _name(one), one.firms, one.assessed),
            None if one.need is None else float(round(one.need * 100, 2)),
            names.get(one.topic.dimension, one.topic.dimension) if one.topic else "",
            topic_reason(one.topic) if one.topic else "",
            *(one.served, one.recently, one.never),
            *(one.batches.planned, one.batches.open, one.batches.prepared),
            *(one.batches.under_way, one.batches.done),
            *(one.batches.seats, one.batches.taken),
        ]
        for one in regional.rows(asked, version, all_regions())
    ]
    return downloads.as_file(kind, "wilayah", heading, rows)


def _asked(
    request: SignedInRequest,
) -> tuple[Asked, InstrumentVersion | None, Sequence[InstrumentVersion]]:
    """Read the question from the address; what cannot be used counts as not said."""
    offered = versions_to_show()
    wanted = request.GET.get("kuesioner", "")
    version = next((one for one in offered if one.instrument.code == wanted), None)
    order = request.GET.get("urut", "")
    key = order.removeprefix("-")
    asked = Asked(
        _where(request),
        _since(_since_years(request)),
        key if key in ORDERS else next(iter(ORDERS)),
        is_reversed=order.startswith("-") and key in ORDERS,
    )
    return asked, version or next(iter(offered), None), offered


def _where(request: SignedInRequest) -> Where:
    """Return the province that is asked for, or all; a Dinas of one province begins there."""
    within = places_of(request.user)
    place = all_regions().get(request.GET.get("provinsi"))
    if place and place.is_province:
        return Where(place.code, within)
    own = {code[:2] for code in within or ()}
    if within is not None and len(own) == 1:
        return Where(own.pop(), within)
    return Where(within=within, has_places=request.GET.get("tingkat") == _PLACES)


def _since_years(request: SignedInRequest) -> int:
    given = request.GET.get("tahun", "")
    return next((years for years in YEARS if str(years) == given), YEARS[0])


def _since(years: int) -> date:
    return localdate() - timedelta(days=365 * years)


def _years(years: int) -> str:
    return ngettext("Within %(years)d year", "Within %(years)d years", years) % {"years": years}


def _names(version: InstrumentVersion | None) -> dict[str, str]:
    """Return the names of the dimensions in the reader's language."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    if version is None:
        return {}
    return {one.code: one.name.said(language) for one in document_of(version).dimensions}


def _says(firms: int, never: int) -> str:
    return ngettext(
        "%(never)d of %(firms)d firm never took part in a batch.",
        "%(never)d of %(firms)d firms never took part in a batch.",
        firms,
    ) % {"never": never, "firms": firms}


def _tabs(request: SignedInRequest, asked: Asked) -> list[dict[str, object]]:
    """Return the choice between provinces and all their regencies; a province has none."""
    if asked.where.place:
        return []
    return [
        {
            "href": query_with(request.GET, {"tingkat": level, "hal": ""}),
            "title": title,
            "current": asked.where.has_places == bool(level),
        }
        for level, title in (("", _("Provinces")), (_PLACES, _("Regencies and cities")))
    ]


def _heads(request: SignedInRequest, asked: Asked) -> list[dict[str, object]]:
    """Return the heads of the columns, each a link that sorts by it, or the other way round."""
    titles = {
        "nama": _("Region"),
        "belum": _("Never served"),
        "dilayani": _("Served"),
        "usaha": _("Firms"),
        "dinilai": _("Assessed"),
        "kebutuhan": _("Need"),
        "angkatan": _("Batches"),
        "kursi": _("Seats"),
    }
    heads: list[dict[str, object]] = []
    for key, title in titles.items():
        is_current = asked.order == key
        is_down = (key != "nama") != asked.is_reversed
        again = f"-{key}" if is_current and not asked.is_reversed else key
        heads.append(
            {
                "key": key,
                "title": title,
                "href": query_with(request.GET, {"urut": again, "hal": ""}),
                "sort": ("descending" if is_down else "ascending") if is_current else "",
                "arrow": "↓" if is_down else "↑",
            }
        )
    return heads


def _name(one: Row) -> str:
    if not one.code:
        return _("Place not stated")
    return one.name or one.code


def _written(
    one: Row,
    asked: Asked,
    version: InstrumentVersion | None,
    names: dict[str, str],
    *,
    plans: bool,
) -> dict[str, object]:
    batches = one.batches
    return {
        "name": _link(_address(one, asked), _name(one)) if one.code else _name(one),
        "firms": one.firms,
        "assessed": one.assessed,
        "need": "–" if one.need is None else f"{one.need * 100:.0f} %",
        "topic": _topic(one, names),
        "served": _served(one),
        "never": _never(one, asked),
        "batches": _batches(one),
        "action": _plan(one, version, names) if plans and one.firms and one.code else "",
        "seats": f"{batches.taken} / {batches.seats}" if batches.seats else "–",
    }


def _topic(one: Row, names: dict[str, str]) -> SafeString | str:
    if one.topic is None:
        return "–"
    name = names.get(one.topic.dimension, one.topic.dimension)
    return fragments.fill(f"{_HERE}regional_topic.html", name=name, why=topic_in_short(one.topic))


def _never(one: Row, asked: Asked) -> SafeString | str:
    """Return how many were never served, as a link to who they are.

    Those that name a province and no regency have no list of their own.
    """
    is_rest = len(one.code) == _PROVINCE and not asked.where.is_whole
    if not (one.never and one.code) or is_rest:
        return str(one.never)
    return _link(reverse("site:unserved", args=[one.code]), str(one.never))


def _served(one: Row) -> SafeString | str:
    """Return how many took part; beside it how many in the years asked for, where it differs."""
    if one.recently == one.served:
        return str(one.served)
    recently = _("%(number)d in these years") % {"number": one.recently}
    return fragments.fill(f"{_HERE}regional_topic.html", name=str(one.served), why=recently)


def _batches(one: Row) -> str:
    """Return how many batches stand where; what there is none of is unsaid."""
    said = [
        (one.batches.planned, _("%(number)d planned")),
        (one.batches.open, _("%(number)d open")),
        (one.batches.prepared, _("%(number)d being prepared")),
        (one.batches.under_way, _("%(number)d under way")),
        (one.batches.done, _("%(number)d done")),
    ]
    return ", ".join(words % {"number": number} for number, words in said if number) or "–"


def _address(one: Row, asked: Asked) -> str:
    """Return where a row leads: a province to its regencies, these to their firms by need."""
    if asked.where.is_whole:
        return f"{reverse('site:regions')}?provinsi={one.code}"
    return f"{reverse('assessments:by-need')}?wilayah={one.code}"


def _link(href: str, text: str) -> SafeString:
    return fragments.fill(f"{_HERE}regional_link.html", href=href, text=text)


def _plan(one: Row, version: InstrumentVersion | None, names: dict[str, str]) -> SafeString:
    """Return the link that begins a batch here, about the topic that is needed most."""
    is_more = one.batches.is_anything_to_come
    known = {"daerah": one.code}
    if version is not None and one.topic is not None:
        known["topik"] = names.get(one.topic.dimension, one.topic.dimension)
        known["kebutuhan"] = f"{version.instrument_id}:{one.topic.dimension}"
    return fragments.fill(
        f"{_HERE}regional_plan.html",
        href=f"{reverse('programmes:begin')}?{urlencode(known)}",
        text=_("Plan another batch here") if is_more else _("Plan a batch here"),
    )


def _map(found: Sequence[Row], asked: Asked) -> SafeString | str:
    """Return a map of the regions whose firms were never served; nothing where there is none.

    Of one province it would show little: its regencies lie on each other.
    """
    places = all_regions()
    bubbles = [
        Bubble(_name(one), place.latitude, place.longitude, one.never, _address(one, asked))
        for one in found
        if one.never and (place := places.get(one.code))
    ]
    if not bubbles or asked.where.place:
        return ""
    return bubble_map(
        bubbles,
        title=_("Firms that were never served"),
        unit=_("firms never served"),
        name=_("Province") if asked.where.is_whole else _("Regency or city"),
    )
