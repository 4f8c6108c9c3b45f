"""With what a plan may begin: the next level of what a firm's assessment says it lacks most."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.assessments.models import Score
from ifn.assessments.queries.assessments import sheet_of
from ifn.assessments.queries.instruments import document_of
from ifn.programmes.models import Action, Registration
from ifn.programmes.planning.aims import ENOUGH, Aim, lowest

#: More at once is no plan.
MOST = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action that may be taken into a plan, with its reason."""

    #: The same for the same answer, so that it is taken once and then no longer suggested.
    key: UUID
    what: str
    why: str
    dimension: str


def suggestions_for(registration: Registration) -> list[Suggestion]:
    """Return what the plan of a participant may begin with, the lowest dimension first.

    One for each dimension of the batch below level 3 in the firm's latest approved assessment; of
    a batch without dimensions, of all. What is in the plan already is left out.
    """
    batch = registration.batch
    found = Score.objects.current().filter(business=registration.business_id, level__lt=ENOUGH)
    if batch.instrument_id:
        found = found.filter(instrument=batch.instrument_id)
    if batch.dimensions:
        found = found.filter(dimension__in=batch.dimensions)
    rows = found.select_related("assessment__version").order_by("level", "-weight", "pk")
    taken = set(Action.objects.filter(registration=registration).values_list("key", flat=True))
    made = [one for score in _few(list(rows)) if (one := _suggested(registration, score))]
    return [one for one in made if one.key not in taken]


def _few(rows: list[Score]) -> list[Score]:
    """Return the lowest levels of the assessment that says most lately how the firm stands."""
    if not rows:
        return []
    latest = max(rows, key=lambda one: (one.assessment.assessed_on, one.assessment_id))
    return [one for one in rows if one.assessment_id == latest.assessment_id][:MOST]


def _suggested(registration: Registration, score: Score) -> Suggestion | None:
    document = document_of(score.assessment.version)
    aim = lowest(document, score.dimension, sheet_of(score.assessment).of(score.side))
    if aim is None:
        return None
    language = get_language() or "id"
    name = document.dimensions_by_code[score.dimension].name.said(language)
    stem = f"{registration.pk}:{score.assessment_id}:{score.dimension}:{aim.question.code}"
    return Suggestion(
        key=uuid5(NAMESPACE_URL, f"ifn:programmes:suggestion:{stem}"),
        what=_what(aim, language)[:300],
        why=_why(aim, score, name, language)[:400],
        dimension=score.dimension,
    )


def _what(aim: Aim, language: str) -> str:
    question = aim.question.text.said(language).rstrip("?. ")
    then = aim.then.said(language)
    if not then:
        return _("One level further: %(question)s") % {"question": question}
    return _("%(question)s – next: %(aim)s") % {"question": question, "aim": then}


def _why(aim: Aim, score: Score, name: str, language: str) -> str:
    values = {
        "name": name,
        "level": f"{score.level:.1f}".replace(".", "," if language == "id" else "."),
        "day": date_format(score.assessment.assessed_on, "j F Y"),
        "now": aim.now.said(language),
    }
    if not values["now"]:
        return _("%(name)s stands at level %(level)s of 4, assessed on %(day)s.") % values
    return (
        _("%(name)s stands at level %(level)s of 4, assessed on %(day)s; here: “%(now)s”.") % values
    )
