"""Who answered, what changed, and what that is worth beside firms that were not mentored."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.assessments.queries.instruments import document_of
from ifn.assessments.queries.standings import SMALLEST_CELL
from ifn.programmes.measuring import Measure
from ifn.programmes.measuring.changes import Comparison, changes_between, counted
from ifn.programmes.measuring.measures import LESS_IS_BETTER
from ifn.programmes.measuring.waves import Wave, earlier
from ifn.programmes.measuring.wording import (
    comparison_words,
    does_not_prove,
    finding_words,
    interval_words,
    measure_name,
    proves,
    share_words,
    signed,
)
from ifn.programmes.models import Outcome
from ifn.programmes.queries.comparing import Reassessed
from ifn.programmes.queries.outcomes import Response
from ifn.programmes.queries.reporting import Material
from ifn.programmes.reporting.parts import Bars, Cell, Figure, Section, Table
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon


def answered(material: Material) -> Section:
    """Return who answered in which wave and who did not, and every answer."""
    begun = [one for one in material.grid.responses if one.is_begun]
    waves = Table(
        "responses",
        _("Answers by wave"),
        [
            *(_("When"), _("Due"), _("Participants"), _("Answered"), _("No answer")),
            *(_("No answer, percent"), _("Late"), _("Nothing changed"), _("Only begun")),
        ],
        [_response(one) for one in begun],
        numbers=frozenset(range(2, 9)),
        note=_("Who did not answer is counted in no figure of what changed."),
    )
    latest = next((one for one in begun if one.wave == material.wave), None)
    figures = []
    if latest:
        figures.append(
            Figure(
                _("Answered %(when)s") % {"when": Outcome.When(latest.wave).label.lower()},
                share_words(latest.answered, latest.of, latest.interval),
                waves.key,
                _("No answer: %(n)d") % {"n": latest.silent},
            )
        )
    shares = [
        (str(Outcome.When(one.wave).label), round(100 * one.answered / one.of))
        for one in begun
        if one.of
    ]
    return Section(
        "answered",
        _("Who said what changed"),
        figures=figures,
        charts=[Bars(_("Answered, percent of the participants"), shares, "%")] if shares else [],
        tables=[waves, _rows(material)],
    )


def _response(one: Response) -> list[Cell]:
    return [
        str(Outcome.When(one.wave).label),
        one.window.due_on,
        *(one.of, one.answered, one.silent, one.percent, one.late, one.same, one.begun),
    ]


def _rows(material: Material) -> Table:
    """Return every answer as it was given: the rows that all figures are made of."""
    words = lexicon()
    rows: list[list[Cell]] = []
    links = []
    for one in material.people:
        for wave in Wave:
            said = material.grid.outcomes.get((one.pk, wave))
            if said is None or not said.finished_at:
                continue
            names = [words.get("certification", code) for code in said.certificates or []]
            rows.append(
                [
                    one.business.name,
                    str(said.get_wave_display()),
                    said.said_on,
                    str(said.get_turnover_display()) if said.turnover else None,
                    *(said.workers, said.capacity, said.products),
                    _listed(
                        said.channels, [str(Outcome.Channel(x).label) for x in said.channels or []]
                    ),
                    _listed(said.certificates, [name.name for name in names if name]),
                    None if said.defects is None else float(said.defects),
                    None if said.exports is None else float(said.exports),
                    " ".join(
                        filter(
                            None,
                            [said.get_exports_unit_display(), said.get_exports_period_display()],
                        )
                    ),
                    str(said.get_way_display()),
                    _("late") if said.is_late else "",
                    _("nothing changed") if said.same_as else "",
                ]
            )
            links.append(
                reverse(
                    "programmes:outcome-of-participant", args=[material.batch.code, one.pk, wave]
                )
            )
    return Table(
        "answers",
        _("Every answer"),
        [
            *(_("Business"), _("When"), _("Said on"), _("Turnover a month"), _("Workers")),
            *(_("Capacity, pairs a month"), _("New products"), _("Sales channels")),
            *(_("New certificates"), _("Defects, percent"), _("Exports"), _("Unit and time")),
            *(_("How"), _("Late"), _("Nothing changed")),
        ],
        rows,
        numbers=frozenset({4, 5, 6, 9, 10}),
        note=_("Empty where it was not said."),
        links=links,
        is_rows=True,
    )


def _listed(codes: Sequence[str] | None, names: Sequence[str]) -> str | None:
    if codes is None:
        return None
    return ", ".join(names) or _("none")


def changed(material: Material) -> Section:
    """Return what changed from the first wave to the one of the report, measure by measure."""
    grid = material.grid
    before = {key: one.answers for key, one in grid.of_wave(Wave.BEFORE).items()}
    after = {key: one.answers for key, one in grid.of_wave(material.wave).items()}
    found = changes_between(before, after)
    rows: list[list[Cell]] = [
        [
            measure_name(measure),
            finding_words(one, less_is_better=measure in LESS_IS_BETTER),
            one.pairs,
            *(_shown(measure, one.before), _shown(measure, one.after)),
            signed(one.change),
            interval_words(one.interval),
            share_words(one.better, one.pairs, one.share),
            *(one.same, one.worse),
        ]
        for measure, one in found.items()
    ]
    table = Table(
        "changes",
        _("Before and %(when)s") % {"when": Outcome.When(material.wave).label.lower()},
        [
            *(_("Measure"), _("What can be said"), _("Firms that said both")),
            *(_("Median before"), _("Median after"), _("Median change")),
            *(_("Interval of the change, 95%"), _("Better"), _("The same"), _("Worse")),
        ],
        rows,
        numbers=frozenset({2, 5, 8, 9}),
        note=_(
            "The interval of a median is that of the sign test, the one of a share is Wilson’s. "
            "Exports in different units are no pair."
        ),
    )
    sums, figures = _counted(material)
    return Section("changed", _("What changed"), figures=figures, tables=[table, sums])


def _shown(measure: Measure, value: float | None) -> Cell:
    """Return a median; of turnover the band, of two bands both."""
    if value is None or measure != Measure.TURNOVER:
        return None if value is None else round(value, 2)
    names = [str(one.label) for one in Outcome.Turnover]
    low, high = names[int(value)], names[int(value + 0.5)]
    return low if low == high else f"{low} / {high}"


def _counted(material: Material) -> tuple[Table, list[Figure]]:
    """Return what is new since the beginning: added up over the waves up to that of the report."""
    waves = [*earlier(material.wave)[-2::-1], material.wave]
    rows: list[list[Cell]] = []
    figures = []
    for name, title in (("products", _("New products")), ("certificates", _("New certificates"))):
        totals: dict[int, int] = {}
        for wave in waves:
            for key, one in material.grid.of_wave(wave).items():
                said = one.products if name == "products" else one.certificates
                if said is not None:
                    number = said if isinstance(said, int) else len(said)
                    totals[key] = totals.get(key, 0) + number
        found = counted(totals.values())
        share = share_words(found.with_any, found.firms, found.share)
        rows.append([title, found.firms, found.total, share])
        figures.append(Figure(title, str(found.total), "counted", share))
    table = Table(
        "counted",
        _("New since the mentoring began"),
        [_("What"), _("Firms that said it"), _("Together"), _("Firms with at least one")],
        rows,
        numbers=frozenset({1, 2}),
        note=_("A firm that missed a wave is counted with what it said in the others."),
    )
    return table, figures


def compared(material: Material) -> Section:
    """Return assessed levels before and after beside like firms that nobody mentored."""
    groups = material.groups
    names = _dimension_names(material)
    rows = [
        _beside(names.get(code, code), one, is_whole=material.is_whole)
        for code, one in groups.comparisons.items()
    ]
    places = "; ".join(all_regions().full_name(code) for code in groups.regions)
    table = Table(
        "compared",
        _("Assessed levels, mentored and not mentored"),
        [
            *(_("Dimension"), _("What can be said"), _("Mentored firms"), _("Before")),
            *(_("After"), _("Median change"), _("Other firms"), _("Before"), _("After")),
            *(_("Median change"), _("Difference"), _("Interval of the difference, 95%")),
        ],
        rows,
        numbers=frozenset(range(2, 11)),
        note=_("Levels go from 0 to 4. The interval is that of the rank sum test."),
    )
    about = _(
        "Of %(of)d participants who came, %(n)d were assessed before and after with the "
        "questionnaire of the batch. Beside them stand %(others)d firms in %(places)s that "
        "were assessed at both times too and took part in no batch between."
    ) % {
        "of": groups.participants,
        "n": len(groups.mentored),
        "others": len(groups.others),
        "places": places or "–",
    }
    return Section(
        "compared",
        _("Beside firms that were not mentored"),
        words=[about, *_left_out(material, names)],
        tables=[table, _levels(material, names)],
        lists=[
            (_("What this can show"), proves()),
            (_("What this cannot show"), does_not_prove()),
        ],
    )


def _beside(name: str, one: Comparison, *, is_whole: bool) -> list[Cell]:
    """Return the row of a dimension; of fewer than five other firms a Dinas reads no levels."""
    row: list[Cell] = [
        name,
        comparison_words(one),
        *(one.mentored.pairs, one.mentored.before, one.mentored.after),
        signed(one.mentored.change),
        one.others.pairs,
    ]
    if not is_whole and one.others.pairs < SMALLEST_CELL:
        return [*row, None, None, "–", "–", interval_words(None)]
    return [
        *row,
        *(one.others.before, one.others.after),
        *(signed(one.others.change), signed(one.difference), interval_words(one.interval)),
    ]


def _dimension_names(material: Material) -> dict[str, str]:
    rows = [*material.groups.mentored, *material.groups.others]
    versions = {one.after.version_id: one.after.version for one in rows}
    if not versions:
        return {}
    document = document_of(versions[max(versions)])
    return {one.code: one.name.said(get_language() or "id") for one in document.dimensions}


def _left_out(material: Material, names: dict[str, str]) -> list[str]:
    """Return which dimensions of which versions were not compared, and why."""
    rows = [*material.groups.mentored, *material.groups.others]
    wanted = set(material.groups.dimensions)
    apart = sorted(
        {
            (names.get(code, code), one.before.version.number, one.after.version.number)
            for one in rows
            for code in one.changed
            if code in wanted
        }
    )
    said = [
        _(
            "%(name)s is left out between versions %(before)d and %(after)d: it was asked "
            "differently."
        )
        % {"name": name, "before": before, "after": after}
        for name, before, after in apart
    ]
    sides = sum(len(wanted & set(one.other_side)) for one in rows)
    if sides:
        said.append(
            _(
                "%(n)d levels are left out because an assessor saw the one and only the firm "
                "itself the other."
            )
            % {"n": sides}
        )
    return said


def _levels(material: Material, names: dict[str, str]) -> Table:
    groups = material.groups
    rows = [
        *_group(groups.mentored, _("mentored"), names, groups.dimensions),
        *_group(groups.others if material.is_whole else (), _("other"), names, groups.dimensions),
    ]
    return Table(
        "levels",
        _("Every level that was compared"),
        [
            *(_("Business"), _("Group"), _("Dimension"), _("Assessed before"), _("Level before")),
            *(_("Assessed after"), _("Level after"), _("Change")),
        ],
        rows,
        numbers=frozenset({4, 6, 7}),
        is_rows=True,
    )


def _group(
    rows: Sequence[Reassessed], word: str, names: dict[str, str], dimensions: Sequence[str]
) -> list[list[Cell]]:
    return [
        [
            one.firm.name,
            word,
            names.get(code, code),
            one.before.assessed_on,
            one.levels[code][0],
            one.after.assessed_on,
            one.levels[code][1],
            round(one.levels[code][1] - one.levels[code][0], 2),
        ]
        for one in rows
        for code in dimensions
        if code in one.levels
    ]
