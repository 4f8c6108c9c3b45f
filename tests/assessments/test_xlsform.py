import pytest

from ifn.assessments.instruments.document import Kind
from ifn.assessments.instruments.expressions import NotUnderstood, parsed, written
from ifn.assessments.xlsform import files, parsing, wording, writing
from ifn.assessments.xlsform.columns import Heading, heading
from tests.assessments.documents import LEVELS, document, question, text

NESTED = {
    "or": [
        {"question": "CUT_2", "operator": "=", "value": True},
        {
            "and": [
                {"question": "WORKERS", "operator": ">", "value": "5"},
                {"question": "CUT_1", "operator": ">=", "value": 3},
            ]
        },
    ]
}


def sheets(made=None):
    return writing.sheets(made or document(), code="uji", title="Uji", version="1")


def faults(workbook):
    with pytest.raises(parsing.NotAForm) as refused:
        parsing.document(workbook)
    return refused.value.faults


def test_a_questionnaire_survives_the_way_there_and_back():
    made = document(
        is_proposal=True,
        basis=["Satu", "Dua"],
        questions=[
            question("WORKERS", "FACTS", "number", unit=text("orang"), minimum=0, maximum="99.5"),
            question("STORY", "FACTS", "text", hint=text("Sejak kapan?"), weight=0),
            question("PHOTO", "FACTS", "photo"),
            question("CUT_1", weight="2.5", required=True, anchors=LEVELS[::-1]),
            question("CUT_2", kind="yes_no"),
            question("CUT_3", condition=NESTED),
            question(
                "MARKET_1",
                "MARKET",
                "choice",
                choices=[
                    {"code": "a", "text": text("=SUM(A1)"), "score": 0},
                    {"code": "b", "text": text("b"), "score": "2.5"},
                ],
            ),
        ],
    )

    back = parsing.document(files.read(files.written(sheets(made))))

    assert back == made


def test_a_form_of_other_tools_is_read_by_its_groups():
    workbook = {
        "survey": [
            ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "relevant"],
            ["start", "start", "", "", ""],
            ["text", "owner", "Nama", "Name", ""],
            ["begin group", "cut", "Potong", "Cutting", "${owner} != ''"],
            ["select_one yn", "knife", "Ada pisau?", "A knife?", ""],
            ["select_one rate", "sharp", "Tajam?", "Sharp?", "${knife} = 'yes'"],
            ["end group", "", "", "", ""],
        ],
        "choices": [
            ["list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"],
            *([["yn", "yes", "Ya", "Yes"], ["yn", "no", "Tidak", "No"]]),
            *(["rate", str(level), f"T{level}", f"L{level}"] for level in range(5)),
        ],
    }

    made = parsing.document(workbook)

    assert [one.code for one in made.dimensions] == ["OTHER", "cut"]
    assert [one.kind for one in made.questions] == [Kind.TEXT, Kind.YES_NO, Kind.SCALE]
    assert made.by_code["sharp"].anchors[4].en == "L4"
    assert (
        written(made.by_code["sharp"].condition, made.by_code)
        == "${owner} != '' and ${knife} = 'yes'"
    )


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["geopoint", "here", "Di mana?"], "A (type)", "type_unknown"),
        (["select_multiple yn", "many", "Apa saja?"], "A (type)", "type_unknown"),
        (["select_one gone", "one", "Yang mana?"], "A (type)", "list_unknown"),
        (["text", "2nd", "Kedua"], "B (name)", "code_unusable"),
        (["text", "a", "A", "count(${b}) > 1"], "D (relevant)", "relevant_unknown"),
        (["integer", "a", "A", "", "regex(., 'x')"], "E (constraint)", "constraint_unknown"),
        (["begin_group", "g2", "Lagi"], "A (type)", "group_in_group"),
    ],
)
def test_a_fault_names_sheet_row_and_column(row, column, code, language):
    heads = ["type", "name", "label", "relevant", "constraint"]
    workbook = {"survey": [heads, ["begin_group", "g", "G"], row, ["end_group"]]}

    first, *_ = faults(workbook)

    assert (first.sheet, first.row, first.column, first.code) == ("survey", 3, column, code)
    assert "survey" in wording.said(first)
    assert column in wording.said(first)


def test_what_is_there_twice_names_its_row():
    workbook = {"survey": [["type", "name", "label"], ["text", "a", "A"], ["text", "A", "A"]]}

    (fault,) = faults(workbook)

    assert (fault.row, fault.code) == (3, "code_twice")


def test_a_workbook_without_a_survey_is_refused():
    assert faults({"data": [["a"]]})[0].code == "sheet_missing"
    assert faults({"survey": [["a"], ["b"]]})[0].code == "column_missing"
    assert "survey" in wording.said(faults({})[0])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"type,name\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(files.NotAWorkbook):
        files.read(content)


def test_a_workbook_that_unfolds_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNFOLDED", 10)

    with pytest.raises(files.NotAWorkbook, match="large"):
        files.read(files.written(sheets()))


def test_headings_say_their_language():
    assert heading("label::English (en)") == Heading("label", "en")
    assert heading("Label::Bahasa Indonesia (id)") == Heading("label", "id")
    assert heading("hint::Bahasa") == Heading("hint", "id")
    assert heading("label") == Heading("label")
    assert heading("label::Français (fr)") is None


@pytest.mark.parametrize("given", ["1 = 1", "${a}", "${a} = ", "(${a} = 1", "${a} = 1 xor", "x"])
def test_expressions_that_say_more_are_refused(given):
    with pytest.raises(NotUnderstood):
        parsed(given, {"a": Kind.NUMBER})
