"""Which figures stand for the sector."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from ifn.regions.editions import Kept
from ifn.statistics.models import Figure
from ifn.statistics.wording import amount, partial_date

#: The key figures in their order: indicator and measure.
HEADLINES: Final = (
    ("EXPORT", Figure.Measure.VALUE),
    ("EXPORT", Figure.Measure.VOLUME),
    ("EXPORT_WORLD_RANK", Figure.Measure.VOLUME),
    ("PRODUCTION", Figure.Measure.VOLUME),
)


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """A key figure in the reader's language, with everything that says where it comes from.

    ``published`` and ``source_title`` are empty where they are not known; ``others`` holds what
    other sources give for the same year, each with its publisher, where that differs.
    """

    indicator: str
    value: str
    label: str
    period: str
    scope: str
    publisher: str
    published: str
    source_title: str
    url: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Chosen:
    figure: Figure
    others: tuple[Figure, ...]


def headline_figures() -> list[HeadlineFigure]:
    """Return the key figures of the home page.

    For each of HEADLINES: footwear alone, whole years, nothing doubtful; of these the latest year,
    and of several sources for it the one published last. What no source gives is left out.
    """
    return [_shown(chosen) for chosen in _chosen()]


def _choose() -> list[_Chosen]:
    figures = list(
        Figure.objects.reported()
        .of_whole_years()
        .filter(
            scope=Figure.Scope.FOOTWEAR,
            indicator__in={indicator for indicator, _measure in HEADLINES},
        )
        .order_by("-year", "-source_date", "publisher", "pk")
    )
    rivals = (
        [figure for figure in figures if (figure.indicator, figure.measure) == headline]
        for headline in HEADLINES
    )
    return [_of_latest_year(found) for found in rivals if found]


def _of_latest_year(figures: Sequence[Figure]) -> _Chosen:
    first, *rest = figures
    others = tuple(
        other
        for other in rest
        if other.year == first.year and (other.value, other.unit) != (first.value, first.unit)
    )
    return _Chosen(first, others)


_chosen = Kept("statistics", _choose)


def _shown(chosen: _Chosen) -> HeadlineFigure:
    figure = chosen.figure
    name = figure.name_en if get_language() == "en" else figure.name_id
    return HeadlineFigure(
        indicator=figure.indicator,
        value=amount(figure.value, figure.unit),
        label=f"{name}, {figure.period}",
        period=figure.period,
        scope=figure.get_scope_display(),
        publisher=figure.publisher,
        published=partial_date(figure.source_date),
        source_title=figure.source_title,
        url=figure.url,
        others=tuple(f"{amount(one.value, one.unit)} ({one.publisher})" for one in chosen.others),
    )
