import pytest

from ifn.assessments.instruments.answering import NoAnswer, cleaned
from ifn.assessments.instruments.checking import missing
from ifn.assessments.instruments.conditions import Comparison, Group, Joint, Operator, holds
from ifn.assessments.instruments.document import Kind
from ifn.assessments.instruments.faults import Fault, Unreadable
from ifn.assessments.instruments.reading import read
from ifn.assessments.instruments.wording import FAULTS, said
from ifn.assessments.instruments.writing import content, digest
from tests.assessments.documents import LEVELS, document, question, small, text


def faults(**changes):
    with pytest.raises(Unreadable) as refused:
        read(small(**changes))
    return refused.value.faults


def test_what_is_read_is_written_back_the_same():
    made = document()

    assert read(content(made)) == made
    assert digest(read(content(made))) == digest(made)


def test_questions_stand_in_the_order_of_their_dimensions():
    made = document(
        questions=[question("M", "MARKET", "text"), question("C"), question("F", "FACTS", "text")]
    )

    assert [one.code for one in made.questions] == ["F", "C", "M"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"questions": [question("CUT_1"), question("cut_1")]}, "code_twice"),
        ({"questions": [question("1CUT")]}, "code_unusable"),
        ({"questions": [question("A", "GONE")]}, "dimension_unknown"),
        ({"questions": [question("A", kind="poem")]}, "kind_unknown"),
        ({"questions": [question("A", weight=-1)]}, "weight_unusable"),
        ({"questions": [question("A", kind="number", minimum="NaN")]}, "number_unusable"),
        ({"questions": [question("A", anchors=LEVELS[:4])]}, "levels_not_five"),
        ({"questions": [question("A", condition={"question": "B"})]}, "condition_unreadable"),
        ({"questions": [question("A", text={"id": "x" * 1001})]}, "text_too_long"),
        ({"questions": "all"}, "not_a_document"),
        ({"dimensions": [{"code": f"D{n}"} for n in range(41)], "questions": []}, "too_many"),
        (
            {
                "questions": [
                    question("A", kind="choice", choices=[{"code": "a", "text": {}, "score": 5}])
                ]
            },
            "score_out_of_range",
        ),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_every_reason(changes, code):
    assert code in {one.code for one in faults(**changes)}


def test_a_sound_questionnaire_lacks_nothing():
    assert missing(document()) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"levels": []}, Fault("levels_missing")),
        ({"questions": [question("S", "FACTS", "text")]}, Fault("nothing_scored")),
        ({"questions": [question("A")]}, Fault("no_questions", "MARKET")),
        ({"questions": [question("A", text={"id": "Satu"})]}, Fault("text_missing", "A")),
        (
            {"questions": [question("M", "MARKET", "text"), question("A")]},
            Fault("no_scored_question", "MARKET"),
        ),
        (
            {"questions": [question("A", kind="number", minimum=5, maximum=1)]},
            Fault("bounds_reversed", "A"),
        ),
        (
            {"questions": [question("A", kind="choice", choices=[])]},
            Fault("choices_too_few", "A"),
        ),
        (
            {
                "questions": [
                    question("A", condition={"question": "B", "operator": "=", "value": 1}),
                    question("B"),
                ]
            },
            Fault("condition_not_earlier", "A", "B"),
        ),
        (
            {
                "questions": [
                    question("A", kind="yes_no"),
                    question("B", condition={"question": "A", "operator": "<", "value": 1}),
                ]
            },
            Fault("condition_value_unknown", "B", "1"),
        ),
    ],
)
def test_what_a_draft_lacks_is_said(changes, fault):
    assert fault in missing(document(**changes))


def test_every_fault_has_words(language):
    for code in FAULTS:
        assert said(Fault(code, "CUT_1", "isi")).startswith("CUT_1: ")


def test_conditions_join_and_compare_numbers_as_numbers():
    more = Comparison("WORKERS", Operator.MORE, "9")
    yes = Comparison("CUT_2", Operator.IS, True)
    other = Comparison("MARKET_1", Operator.IS_NOT, "none")

    assert holds(more, {"WORKERS": "10"})
    assert not holds(more, {"WORKERS": "9.0"})
    assert not holds(more, {})
    assert not holds(yes, {"CUT_2": 1})
    assert holds(other, {})
    assert holds(Group(Joint.OR, (more, yes)), {"CUT_2": True})
    assert not holds(Group(Joint.AND, (more, yes)), {"CUT_2": True})
    assert holds(None, {})


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("scale", "3", 3),
        ("scale", "", None),
        ("yes_no", "ya", True),
        ("yes_no", False, False),
        ("number", "12.50", "12.5"),
        ("number", 1e3, "1000"),
        ("number", "100", "100"),
        ("text", " dua\r\nbaris ", "dua\nbaris"),
    ],
)
def test_answers_are_kept_in_one_form(kind, given, kept):
    asked = document(questions=[question("A", kind=kind)]).by_code["A"]

    assert cleaned(asked, given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("scale", "5", "not_a_level"),
        ("scale", "2.5", "not_a_level"),
        ("scale", True, "not_a_level"),
        ("yes_no", "maybe", "not_yes_or_no"),
        ("number", "NaN", "not_a_number"),
        ("number", "-1", "too_small"),
        ("number", "11", "too_large"),
        ("choice", "b", "not_a_choice"),
        ("text", "x" * 4001, "text_too_long"),
        ("photo", "x", "photo_is_a_file"),
    ],
)
def test_what_answers_nothing_is_refused(kind, given, code):
    more = {"minimum": 0, "maximum": 10, "choices": [{"code": "a", "text": text("a")}]}
    asked = document(questions=[question("A", kind=kind, **more)]).by_code["A"]

    with pytest.raises(NoAnswer) as refused:
        cleaned(asked, given)

    assert refused.value.code == code


def test_a_choice_is_scored_only_where_its_answers_stand_for_levels():
    plain = [{"code": "a", "text": text("a")}, {"code": "b", "text": text("b")}]
    made = document(questions=[question("A", kind="choice", choices=plain)]).by_code["A"]

    assert made.kind == Kind.CHOICE
    assert not made.is_scored
    assert document().by_code["MARKET_1"].score("shop") == 2
