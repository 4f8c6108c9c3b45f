"""What is wrong, in words; the only module of this package that knows a language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.assessments.instruments.answering import NoAnswer
from ifn.assessments.instruments.conditions import Condition, Group, Joint, Operator
from ifn.assessments.instruments.document import Document, Kind
from ifn.assessments.instruments.faults import Fault

KINDS: Final = {
    Kind.SCALE: gettext_lazy("Scale 0–4"),
    Kind.YES_NO: gettext_lazy("Yes or no"),
    Kind.CHOICE: gettext_lazy("One of several answers"),
    Kind.NUMBER: gettext_lazy("Number"),
    Kind.TEXT: gettext_lazy("Words"),
    Kind.PHOTO: gettext_lazy("Photo"),
}
#: What is wrong with a questionnaire, and what to do.
FAULTS: Final[dict[str, Promise]] = {
    "not_a_document": gettext_lazy("This is no part of a questionnaire."),
    "too_many": gettext_lazy("There are too many; at most %(detail)s."),
    "not_a_text": gettext_lazy("“%(detail)s” is not a text."),
    "text_too_long": gettext_lazy("A text is longer than %(detail)s characters; shorten it."),
    "code_unusable": gettext_lazy(
        "“%(detail)s” cannot be a code: begin with a letter, then up to 39 letters, digits or "
        "underscores."
    ),
    "code_twice": gettext_lazy("The code “%(detail)s” is there twice; change one of them."),
    "dimension_unknown": gettext_lazy("There is no dimension “%(detail)s”."),
    "kind_unknown": gettext_lazy("“%(detail)s” is no kind of question."),
    "weight_unusable": gettext_lazy("“%(detail)s” is no weight: take a number from 0 to 1000."),
    "number_unusable": gettext_lazy("“%(detail)s” is not a number."),
    "score_out_of_range": gettext_lazy("The level “%(detail)s” is not between 0 and 4."),
    "levels_not_five": gettext_lazy("A scale has five levels, 0 to 4; here are %(detail)s."),
    "condition_unreadable": gettext_lazy("The condition cannot be read."),
    "nothing_scored": gettext_lazy(
        "No dimension gets a level: give one a weight and a question that is scored."
    ),
    "levels_missing": gettext_lazy("Say what the five levels are called."),
    "level_words_missing": gettext_lazy("A level lacks its words in one language."),
    "name_missing": gettext_lazy("The name is missing in one language."),
    "no_questions": gettext_lazy("The dimension has no questions; add one or remove it."),
    "no_scored_question": gettext_lazy(
        "The dimension has a weight and no question that is scored; add one or set the weight to 0."
    ),
    "text_missing": gettext_lazy("The question is missing in one language."),
    "hint_half": gettext_lazy("The help is missing in one language."),
    "anchor_missing": gettext_lazy("A level of the scale lacks its words in one language."),
    "unit_half": gettext_lazy("The unit is missing in one language."),
    "bounds_reversed": gettext_lazy("The smallest number is larger than the largest."),
    "choices_too_few": gettext_lazy("Give at least two answers to choose from."),
    "choice_text_missing": gettext_lazy("An answer lacks its words in one language."),
    "choice_score_missing": gettext_lazy(
        "Some answers stand for a level and others do not; give every one a level, or none."
    ),
    "condition_not_earlier": gettext_lazy(
        "The condition asks for “%(detail)s”, which is not asked before this question."
    ),
    "comparability_unsaid": gettext_lazy(
        "The dimension measures otherwise than in the version before; say whether its levels may "
        "still be compared."
    ),
    "condition_value_unknown": gettext_lazy(
        "The condition compares with “%(detail)s”, which is never answered there."
    ),
}
#: Why an answer is none, and what to do.
REFUSALS: Final[dict[str, Promise]] = {
    "not_a_level": gettext_lazy("“%(detail)s” is not a level; take 0, 1, 2, 3 or 4."),
    "not_yes_or_no": gettext_lazy("“%(detail)s” is neither yes nor no."),
    "not_a_choice": gettext_lazy("“%(detail)s” is not one of the answers."),
    "not_a_number": gettext_lazy("“%(detail)s” is not a number."),
    "too_small": gettext_lazy("The number is too small; at least %(detail)s."),
    "too_large": gettext_lazy("The number is too large; at most %(detail)s."),
    "not_a_text": gettext_lazy("This is not a text."),
    "text_too_long": gettext_lazy("The text is longer than %(detail)s characters; shorten it."),
    "no_such_question": gettext_lazy("There is no question “%(detail)s”."),
    "photo_is_a_file": gettext_lazy("A photo is sent as a file."),
}


def said(fault: Fault) -> str:
    """Return what is wrong, with the code of the part in front where it is one part."""
    words = str(FAULTS[fault.code]) % {"detail": fault.detail}
    return f"{fault.part}: {words}" if fault.part else words


def refusal(refused: NoAnswer) -> str:
    """Return why an answer is none."""
    return str(REFUSALS[refused.code]) % {"detail": refused.detail}


def condition(one: Condition, document: Document, language: str) -> str:
    """Return a condition as a sentence would have it."""
    if isinstance(one, Group):
        word = _(" and ") if one.joint == Joint.AND else _(" or ")
        return word.join(condition(part, document, language) for part in one.parts)
    signs = {
        Operator.IS: "=",
        Operator.IS_NOT: "≠",
        Operator.LESS: "<",
        Operator.AT_MOST: "≤",
        Operator.MORE: ">",
        Operator.AT_LEAST: "≥",
    }
    asked = document.by_code.get(one.question)
    name = asked.text.said(language) if asked else one.question
    value = str(one.value)
    if isinstance(one.value, bool):
        value = _("yes") if one.value else _("no")
    elif asked and asked.kind == Kind.CHOICE:
        texts = {choice.code: choice.text.said(language) for choice in asked.choices}
        value = texts.get(value, value)
    return f"{name} {signs[one.operator]} {value}"
