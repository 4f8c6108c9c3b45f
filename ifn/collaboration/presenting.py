"""A release as its page, its press kit and its description for search engines show it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ifn.collaboration.lineage import Fact, Facts, Line, Made, Who, line_of
from ifn.collaboration.masking import masked
from ifn.collaboration.models import (
    Project,
    Release,
    ReleasePicture,
    Role,
    Specification,
    TestResult,
)
from ifn.collaboration.models import Stage as ProjectStage
from ifn.collaboration.queries.releases import Batched, Credit, Whole
from ifn.collaboration.sizing import shown
from ifn.directory.presenting import CARD_SIZES, media_url, sources
from ifn.ui import fragments, pieces
from ifn.ui.addresses import address_with
from ifn.ui.numbers import readable

Kind = ProjectStage.Kind
#: Whose work a stage is, in general; a partner is named where its role first has its day.
_WORK: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.BRIEF: (Role.INITIATOR, Role.FACILITATOR),
    Kind.DESIGN: (Role.DESIGNER, Role.SCHOOL),
    Kind.DEVELOPMENT: (Role.LAST, Role.OUTSOLE, Role.COMPONENT, Role.TANNERY),
    Kind.SAMPLING: (Role.OUTSOLE, Role.COMPONENT, Role.LAST),
    Kind.TEST: (Role.LABORATORY,),
    Kind.PRODUCTION: (Role.OUTSOLE, Role.COMPONENT, Role.TANNERY, Role.MAKER),
    Kind.DISTRIBUTION: (Role.FACILITATOR, Role.GOVERNMENT, Role.FUNDER),
    Kind.RELEASE: (Role.BRAND, Role.MARKETPLACE, Role.MEDIA),
    Kind.FOLLOW_UP: (Role.BRAND, Role.FACILITATOR),
}
_MILLION, _BILLION = 10**6, 10**9
_LARGE: Final = "(min-width: 64rem) 44rem, 100vw"
_SMALL: Final = "(min-width: 64rem) 21rem, 50vw"


@dataclass(frozen=True, slots=True)
class Told:
    """A release in the language in force, with no name in it that went."""

    title: str
    story: str
    how: str
    pictures: list["Picture"]
    credits: list[dict[str, Any]]
    specification: list[tuple[str, str]]
    tests: list[dict[str, Any]]
    line: Line


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, its words, and the address of its largest file."""

    shown: pieces.Picture
    large: str
    caption: str
    credit: str
    file: str


def told(whole: Whole) -> Told:
    """Return a release as it is told now."""
    release, gone = whole.release, whole.withdrawn
    lower = {name.casefold() for name in gone}
    kept = [one for one in whole.pictures if one.credit.casefold() not in lower]
    return Told(
        title=masked(release.title, gone),
        story=masked(release.story, gone),
        how=masked(release.how, gone),
        pictures=[_picture(one, place, gone) for place, one in enumerate(kept)],
        credits=[_credit(one) for one in whole.credits],
        specification=specified(whole.specification),
        tests=[_test(one, gone) for one in whole.tests],
        line=line_of(facts_of(whole)),
    )


def _picture(one: ReleasePicture, place: int, gone: list[str]) -> Picture:
    caption, credit = masked(one.caption, gone), masked(one.credit, gone)
    if not one.widths:
        src = media_url(one.file)
        small = pieces.Picture(src, caption, one.width, one.height, eager=not place)
        return Picture(small, src, caption, credit, one.file)
    widths = sorted(one.widths)
    file = f"{one.file}-{widths[-1]}.jpg"
    small = pieces.Picture(
        media_url(f"{one.file}-{widths[min(1, len(widths) - 1)]}.jpg"),
        caption,
        one.width,
        one.height,
        webp=sources(one.file, widths, "webp"),
        sizes=_SMALL if place else _LARGE,
        eager=not place,
    )
    return Picture(small, media_url(file), caption, credit, file)


def _credit(one: Credit) -> dict[str, Any]:
    who = _who(one)
    return {
        "name": who.name,
        "href": who.href,
        "role": str(Role(one.role).label),
        "does": one.does,
    }


def _who(one: Credit) -> Who:
    if one.name is None:
        return Who(_("a partner"))
    return Who(one.name, one.href)


def specified(of: Specification | None) -> list[tuple[str, str]]:
    """Return what was made in figures: what is stated, nothing else."""
    if of is None:
        return []
    rows = [
        (_("Product"), of.product),
        (_("Material"), of.material),
        (_("Construction"), of.construction),
        (_("Hardness"), f"{of.hardness} Shore A" if of.hardness else ""),
        (_("Sizes"), _span(of.size_from, of.size_to, shown)),
        (_("Weight of one piece"), f"{readable(of.weight)} g" if of.weight else ""),
        (_("Price"), _span(of.price_from, of.price_to, _rupiah)),
    ]
    return [(label, value) for label, value in rows if value]


def _span(least: Any, most: Any, write: Any) -> str:
    if least is None and most is None:
        return ""
    if least is None or most is None or least == most:
        return str(write(most if least is None else least))
    return f"{write(least)}–{write(most)}"  # a dash between numbers


def _rupiah(amount: Any) -> str:
    return f"Rp{readable(int(amount))}"


def _test(one: TestResult, gone: list[str]) -> dict[str, Any]:
    asks = {
        (True, True): "",
        (False, True): _("at least %(least)s"),
        (True, False): _("at most %(most)s"),
        (False, False): _("%(least)s to %(most)s"),
    }[one.least is None, one.most is None]
    values = {name: readable(float(getattr(one, name) or 0)) for name in ("least", "most")}
    verdict = {True: _("passes"), False: _("does not pass"), None: ""}[one.passes]
    return {
        "what": one.measured,
        "standard": one.standard,
        "value": f"{readable(float(one.value))} {one.unit}".strip(),
        "asks": asks % values if asks else "",
        "verdict": verdict,
        "tone": {True: "good", False: "bad", None: ""}[one.passes],
        "laboratory": masked(one.laboratory, gone),
        "on": one.on,
    }


def facts_of(whole: Whole) -> Facts:
    """Return the dated facts of a project's way, as visitors may read them."""
    project, release, gone = whole.release.project, whole.release, whole.withdrawn
    return Facts(
        origin=_origin(project, gone),
        before=_linked(project.follows) if project.follows else None,
        call=_call(project, gone),
        stages=_stages(whole, gone),
        batches=[_made(one, whole) for one in whole.batches],
        product=Fact(
            _("Product"),
            masked(release.title, gone),
            release.published_on,
            tuple(_who(one) for one in whole.credits if one.role == Role.BRAND),
        ),
        after=[_linked(one) for one in whole.after],
    )


def _origin(project: Project, gone: list[str]) -> Fact:
    by = masked(project.origin_by, gone)
    return Fact(
        project.get_origin_display(),
        masked(project.origin_title, gone),
        project.origin_on or (None if project.origin_title else project.created_at.date()),
        (Who(by),) if by else (),
    )


def _call(project: Project, gone: list[str]) -> Fact | None:
    call = project.call
    if call is None or not call.is_shown:
        return None
    return Fact(
        _("Call for partners"),
        masked(call.title, gone),
        call.opens_on,
        href=call.get_absolute_url(),
    )


def _linked(other: Project) -> Fact:
    """Return another project as a node: its release where it is public, else itself if shown."""
    release = getattr(other, "release", None)
    if release is not None and release.state == release.State.PUBLISHED:
        return Fact(
            _("Project"), release.title, release.published_on, href=release.get_absolute_url()
        )
    if other.is_shown:
        on, href = other.created_at.date(), other.get_absolute_url()
        return Fact(_("Project"), other.title, on, href=href)
    return Fact(_("Project"), "", other.created_at.date())


def _stages(whole: Whole, gone: list[str]) -> list[Fact]:
    named: set[int] = set()
    facts = []
    for stage in whole.stages:
        if not stage.result and stage.kind not in {Kind.DESIGN, Kind.PRODUCTION}:
            continue
        work = _WORK.get(stage.kind, ())
        done = [one for one in whole.credits if one.role in work and one.key not in named]
        named |= {one.key for one in done}
        facts.append(
            Fact(
                stage.get_kind_display(),
                masked(stage.result, gone),
                stage.ended_on,
                tuple(_who(one) for one in done),
            )
        )
    return facts


def _made(one: Batched, whole: Whole) -> Made:
    batch = one.tally.batch
    by = [each for each in whole.credits if each.key == batch.made_by_id]
    pairs = ngettext("%(n)s pair", "%(n)s pairs", one.tally.made) % {"n": readable(one.tally.made)}
    fact = Fact(
        pgettext("of pairs", "Batch"),
        f"{batch.what}, {pairs}",
        batch.made_on,
        tuple(_who(each) for each in by),
    )
    received = one.tally.receipts
    if not received:
        return Made(fact)
    title = ngettext(
        "%(n)s business received %(pairs)s pairs",
        "%(n)s businesses received %(pairs)s pairs",
        received,
    ) % {"n": readable(received), "pairs": readable(one.tally.handed)}
    return Made(fact, Fact(_("Recipients"), title, one.last_on))


def when(on: date | None) -> str:
    """Return a day as people read it, nothing where it is not known."""
    return date_format(on, "j F Y") if on else ""


def when_short(on: date | None) -> str:
    """Return a day as it stands in a drawing, nothing where it is not known."""
    return date_format(on, "j M Y") if on else ""


def json_ld(whole: Whole, of: Told) -> SafeString:
    """Return the description as JSON that is safe inside a script element."""
    release = whole.release
    published = release.published_on
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": of.title,
        "description": of.story[:500],
        "url": f"{settings.PUBLIC_ADDRESS}{release.get_absolute_url()}",
        "datePublished": published.isoformat() if published else "",
        "image": [_absolute(one.large) for one in of.pictures],
        "contributor": [
            {
                "@type": "Organization",
                "name": one["name"],
                "description": one["role"],
                **({"url": _absolute(one["href"])} if one["href"] else {}),
            }
            for one in of.credits
        ],
    }
    if of.specification:
        data["about"] = {
            "@type": "Product",
            "name": dict(of.specification).get(_("Product"), of.title),
            "additionalProperty": [
                {"@type": "PropertyValue", "name": label, "value": value}
                for label, value in of.specification
            ],
        }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308  # nothing in it can close the script element


def _absolute(address: str) -> str:
    return address if "://" in address else f"{settings.PUBLIC_ADDRESS}{address}"


def _card_picture(one: ReleasePicture | None) -> pieces.Picture | None:
    """Return the picture of a card; the title beside it says what a description would."""
    if one is None:
        return None
    if not one.widths:
        return pieces.Picture(media_url(one.file))
    widths = sorted(one.widths)
    return pieces.Picture(
        media_url(f"{one.file}-{widths[0]}.jpg"),
        webp=sources(one.file, widths[:2], "webp"),
        sizes=CARD_SIZES,
    )


def rupiah(amount: int) -> str:
    """Return money as people say it: Rp71,5 juta, Rp2 miliar."""
    if amount >= _BILLION:
        return _("Rp%(n)s billion") % {"n": readable(round(amount / _BILLION, 1))}
    if amount >= _MILLION:
        return _("Rp%(n)s million") % {"n": readable(round(amount / _MILLION, 1))}
    return f"Rp{readable(amount)}"


def cards(releases: list[Release], pictures: Mapping[int, ReleasePicture]) -> SafeString:
    """Return a card for each result, with its first picture and its day."""
    return fragments.fill_each(
        "collaboration/fragments/result.html",
        (
            {
                "title": one.title,
                "href": address_with("collaboration:release", one.slug),
                "when": when(one.published_on),
                "picture": pieces.picture(_card_picture(pictures.get(one.pk))),
            }
            for one in releases
        ),
    )
