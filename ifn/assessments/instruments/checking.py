"""What a sound draft still lacks before firms can be asked with it."""

from collections.abc import Iterator

from ifn.assessments.instruments.conditions import Comparison, Operator, comparisons, number
from ifn.assessments.instruments.document import Choice, Document, Kind, Question
from ifn.assessments.instruments.faults import Fault

#: A choice among one is none.
FEWEST_CHOICES = 2


def missing(document: Document) -> list[Fault]:
    """Return everything that keeps a document from being put in use, in its own order."""
    return [*_whole(document), *_dimensions(document), *_questions(document)]


def _whole(document: Document) -> Iterator[Fault]:
    if not document.scored_dimensions:
        yield Fault("nothing_scored")
    scales = [one for one in document.questions if one.kind == Kind.SCALE]
    needs_levels = any(not one.anchors for one in scales)
    if needs_levels and not document.levels:
        yield Fault("levels_missing")
    if any(not one.is_whole for one in document.levels):
        yield Fault("level_words_missing")


def _dimensions(document: Document) -> Iterator[Fault]:
    scored = {one.code for one in document.scored_dimensions}
    for one in document.dimensions:
        if not one.name.is_whole:
            yield Fault("name_missing", one.code)
        if not document.questions_of(one.code):
            yield Fault("no_questions", one.code)
        elif one.weight > 0 and one.code not in scored:
            yield Fault("no_scored_question", one.code)


def _questions(document: Document) -> Iterator[Fault]:
    earlier: dict[str, Question] = {}
    for one in document.questions:
        yield from _question(one)
        for test in comparisons(one.condition):
            if test.question not in earlier:
                yield Fault("condition_not_earlier", one.code, test.question)
            elif not fits(earlier[test.question], test):
                yield Fault("condition_value_unknown", one.code, str(test.value))
        earlier[one.code] = one


def _question(one: Question) -> Iterator[Fault]:
    if not one.text.is_whole:
        yield Fault("text_missing", one.code)
    if one.hint and not one.hint.is_whole:
        yield Fault("hint_half", one.code)
    if any(not anchor.is_whole for anchor in one.anchors):
        yield Fault("anchor_missing", one.code)
    if one.kind == Kind.CHOICE:
        yield from _choices(one)
    if one.kind == Kind.NUMBER and one.unit and not one.unit.is_whole:
        yield Fault("unit_half", one.code)
    if None not in {one.minimum, one.maximum} and _is_above(one):
        yield Fault("bounds_reversed", one.code)


def _is_above(one: Question) -> bool:
    return one.minimum is not None and one.maximum is not None and one.minimum > one.maximum


def _choices(one: Question) -> Iterator[Fault]:
    if len(one.choices) < FEWEST_CHOICES:
        yield Fault("choices_too_few", one.code)
    if any(not choice.text.is_whole for choice in one.choices):
        yield Fault("choice_text_missing", one.code)
    with_score = [choice for choice in one.choices if choice.score is not None]
    if with_score and _has_gap(one.choices):
        yield Fault("choice_score_missing", one.code)


def _has_gap(choices: tuple[Choice, ...]) -> bool:
    return any(choice.score is None for choice in choices)


def fits(question: Question, test: Comparison) -> bool:
    """Say whether a comparison can ever be true or false of a question's answers."""
    equal = test.operator in {Operator.IS, Operator.IS_NOT}
    match question.kind:
        case Kind.YES_NO:
            return equal and isinstance(test.value, bool)
        case Kind.CHOICE:
            return equal and test.value in {one.code for one in question.choices}
        case Kind.SCALE | Kind.NUMBER:
            return number(test.value) is not None
        case Kind.TEXT:
            return equal and isinstance(test.value, str)
        case _:
            return False
