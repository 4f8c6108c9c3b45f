"""The chain with its gaps: for everybody, and for officers where most makers wait."""

from collections.abc import Iterable
from math import ceil
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory import downloads
from ifn.directory.chain import gapping
from ifn.directory.chain.counting import counts, roles_by_link
from ifn.directory.chain.gaps import Nearest
from ifn.directory.chain.reading import DISTANCES, LONGEST, Asked, read_asked
from ifn.directory.chain.writing import SHOWN, ChainWriter
from ifn.directory.search.facets import LABELS, count_text
from ifn.directory.search.filters import written
from ifn.directory.spreadsheets import KINDS, Value
from ifn.directory.views.downloads import too_many
from ifn.regions.queries import Regions, all_regions
from ifn.ui import fragments
from ifn.vocabulary.queries import Lexicon, Word, lexicon

Rows = tuple[list[str], list[list[Value]]]
SELECTED: Final = SafeString(" selected")
#: Places of a row that are named; the link leads to all.
NAMED: Final = 4


@access.everyone
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """Show how many are in each link, by place, and who is missing near whom."""
    words, regions, today = lexicon(), all_regions(), localdate()
    asked, notes = read_asked(request.GET, words, regions)
    known = counts(asked.province, today)
    writer = ChainWriter(asked, words, regions)
    role = words.get("value_chain_role", asked.role)
    context: dict[str, Any] = _choices(
        asked, words, regions, request.GET.get("tempat", "")[:LONGEST]
    ) | {
        "notes": notes,
        "known": known,
        "total": count_text(known.total),
        "picture": writer.picture(known),
        "rows": writer.by_place(known),
        "province": regions.get(asked.province),
        "place": regions.full_name(asked.place),
        "role": role,
        "file": asked.query(),
        "role_file": asked.query(place=""),
        "shown": SHOWN,
    }
    if asked.place and role:
        context["answer"] = _answer(asked, role, regions, gapping.nearest(asked, regions, today))
    elif asked.place:
        missing = gapping.missing_near(asked, words, regions, today)
        context["missing"], context["missing_rows"] = missing, writer.missing(missing)
    if role:
        lacking = gapping.lacking(asked, regions, today)
        title = _("Where there is none within %(km)d km: %(role)s")
        context |= {
            "lacking": lacking,
            "lacking_rows": writer.lacking(lacking),
            "map": writer.map(lacking, title % {"km": asked.km, "role": role.name}),
        }
    if not (asked.place or role):
        lacks = gapping.lacks(asked, words, regions, today)
        context["lacks"], context["lack_rows"] = lacks, writer.lacks(lacks)
    return render(request, "directory/chain.html", context)


def _answer(asked: Asked, role: Word, regions: Regions, nearest: Nearest) -> str:
    """Say whether anybody has the role near the place, and where the nearest is."""
    values = {"role": role.name, "place": regions.full_name(asked.place), "km": asked.km}
    if nearest.km is None:
        return _("%(role)s: nobody in the whole country is in the directory.") % values
    values |= {"where": regions.full_name(nearest.code), "away": count_text(ceil(nearest.km))}
    if nearest.km > asked.km:
        said = _("%(role)s: nobody within %(km)s km of %(place)s.")
    else:
        said = _("%(role)s: within %(km)s km of %(place)s.")
    return f"{said} {_('The nearest: %(where)s, %(away)s km.')}" % values


@access.everyone
@require_safe
def gaps_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Return one table of gaps: where a role is missing, else what a place misses, else all."""
    if kind not in KINDS:
        raise Http404
    if refused := too_many(request):
        return refused
    words, regions, today = lexicon(), all_regions(), localdate()
    asked, _notes = read_asked(request.GET, words, regions)
    if asked.role:
        heading, rows = _lacking_rows(asked, words, regions)
    elif asked.place:
        heading = [_("Role"), _("Nearest"), _("Distance, km")]
        rows = [
            [word.name, regions.full_name(near.code), _rounded(near.km)]
            for word, near in gapping.missing_near(asked, words, regions, today)
        ]
    else:
        heading = [_("Role"), _("Regencies and cities without"), _("Footwear makers there")]
        rows = [
            [lack.word.name, lack.places, lack.makers]
            for lack in gapping.lacks(asked, words, regions, today)
        ]
    return downloads.as_file(kind, "rantai-kesenjangan", heading, rows)


@access.staff
@require_safe
def where_to_act(request: SignedInRequest) -> HttpResponse:
    """Show an officer where most makers wait for whom, in the whole country or the own region."""
    words, regions, today = lexicon(), all_regions(), localdate()
    asked, notes = read_asked(request.GET, words, regions)
    found = gapping.ranked(asked, _territory(request), words, regions, today)
    context = _choices(asked, words, regions) | {
        "notes": notes,
        "total": len(found),
        "shown": SHOWN,
        "rows": fragments.fill_each(
            "directory/fragments/chain_waiting.html",
            [_waiting(one, asked, regions) for one in found[:SHOWN]],
        ),
        "file": asked.query(),
        "is_bounded": not request.user.is_office,
        "territory": [regions.full_name(code) for code in sorted(request.user.territory)],
    }
    return render(request, "directory/chain_work.html", context)


@access.staff
@require_safe
def waiting_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """Return the officer's ranking as a file."""
    if kind not in KINDS:
        raise Http404
    words, regions, today = lexicon(), all_regions(), localdate()
    asked, _notes = read_asked(request.GET, words, regions)
    heading = [_("Place"), _("Role that is missing"), _("Footwear makers"), _("Where they are")]
    rows: list[list[Value]] = [
        [
            regions.full_name(one.code),
            one.word.name,
            one.makers,
            "; ".join(regions.full_name(code) for code in one.places),
        ]
        for one in gapping.ranked(asked, _territory(request), words, regions, today)
    ]
    return downloads.as_file(kind, "rantai-prioritas", heading, rows)


def _territory(request: SignedInRequest) -> frozenset[str] | None:
    """Return what bounds a person's work: a regional officer's own region, the office nothing."""
    return None if request.user.is_office else request.user.territory


def _choices(asked: Asked, words: Lexicon, regions: Regions, typed: str = "") -> dict[str, Any]:
    """Return what the page's forms offer; what was typed for a place stays when it is none."""
    place = regions.get(asked.place)
    return {
        "asked": asked,
        "asked_role": written("role", asked.role) if asked.role else "",
        "place_name": place.short_name if place else typed,
        "provinces": _options(
            ((one.code, one.short_name) for one in regions.provinces), asked.province
        ),
        "roles": _role_options(words, asked.role),
        "distances": _options(((str(km), f"{km} km") for km in DISTANCES), str(asked.km)),
    }


def _options(pairs: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    return fragments.fill_each(
        "directory/fragments/option.html",
        [
            {"value": value, "label": label, "chosen": SELECTED if value == chosen else ""}
            for value, label in pairs
        ],
    )


def _role_options(words: Lexicon, chosen: str) -> SafeString:
    return fragments.join(
        [
            fragments.fill(
                "directory/fragments/option_group.html",
                label=LABELS[link],
                options=_options(
                    ((written("role", word.code), word.name) for word in several),
                    written("role", chosen) if chosen else "",
                ),
            )
            for link, several in roles_by_link(words).items()
        ]
    )


def _lacking_rows(asked: Asked, words: Lexicon, regions: Regions) -> Rows:
    word = words.get("value_chain_role", asked.role)
    name = word.name if word else asked.role
    heading = [
        _("Code"),
        _("Regency or city"),
        _("Missing within %(km)d km") % {"km": asked.km},
        _("Nearest"),
        _("Distance, km"),
        _("Footwear makers there"),
    ]
    rows: list[list[Value]] = [
        [
            one.code,
            regions.full_name(one.code),
            name,
            regions.full_name(one.nearest.code),
            _rounded(one.nearest.km),
            one.makers,
        ]
        for one in gapping.lacking(asked, regions, localdate())
    ]
    return heading, rows


def _waiting(one: gapping.Waiting, asked: Asked, regions: Regions) -> dict[str, Any]:
    directory, page = reverse("directory:list"), reverse("directory:chain")
    places = "".join(f"&wilayah={code}" for code in one.places)
    province = one.code[:2]
    there = Asked(province=province, role=one.word.code, km=asked.km)
    return {
        "place": regions.full_name(one.code),
        "gap": f"{page}{there.query()}#gaps",
        "role": one.word.name,
        "makers": count_text(one.makers),
        "href": f"{directory}?rantai=produksi{places}",
        "where": ", ".join(
            place.short_name for code in one.places[:NAMED] if (place := regions.get(code))
        )
        + (", …" if len(one.places) > NAMED else ""),
    }


def _rounded(km: float | None) -> int | None:
    return None if km is None else ceil(km)  # missing within 100 km is never at 100
