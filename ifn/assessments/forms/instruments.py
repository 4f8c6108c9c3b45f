"""Parts of a questionnaire as forms: what is typed becomes a dimension or a question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.assessments.instruments import expressions
from ifn.assessments.instruments.document import (
    HIGHEST,
    LEVELS,
    LOWEST,
    SCORED,
    Choice,
    Dimension,
    Document,
    Kind,
    Question,
    Text,
)
from ifn.assessments.instruments.reading import CHOICE_CODE, CODE, HEAVIEST, LONGEST_TEXT
from ifn.directory.fields import line

SPARE_CHOICES: Final = 3
_CODE_HELP = gettext_lazy("Letters, digits and underscores, such as CUT_1. It stands on paper too.")


def _code(label: Any) -> forms.CharField:
    return forms.RegexField(
        rf"\A{CODE.pattern}\Z",
        label=label,
        max_length=40,
        help_text=_CODE_HELP,
        error_messages={
            "invalid": gettext_lazy("Begin with a letter; then letters, digits and underscores.")
        },
    )


def _weight(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=HEAVIEST,
        decimal_places=2,
        initial=1,
        localize=True,
        help_text=help_text,
    )


class InstrumentForm(forms.Form):
    name_id = line(gettext_lazy("Name, Indonesian"), 120, required=True)
    name_en = line(gettext_lazy("Name, English"), 120, required=True)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Small letters and dashes, such as kebutuhan-ikm; it stays."),
    )
    file = forms.FileField(
        label=gettext_lazy("Begin with an XLSForm"),
        required=False,
        help_text=gettext_lazy(
            "A form for ODK or KoboToolbox (.xlsx). Without one it begins empty."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class RenameForm(forms.Form):
    name_id = line(gettext_lazy("Name, Indonesian"), 120, required=True)
    name_en = line(gettext_lazy("Name, English"), 120, required=True)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("XLSForm"),
        help_text=gettext_lazy("An .xlsx file. It takes the place of everything in the draft."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class _PartForm(forms.Form):
    """A part of a document; its code may be no other part's."""

    def __init__(self, *args: Any, taken: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = {code.lower() for code in taken}

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code.lower() in self.taken:
            raise forms.ValidationError(_("This code is taken. Choose another one."), code="taken")
        return code


class DimensionForm(_PartForm):
    code = _code(gettext_lazy("Code"))
    name_id = line(gettext_lazy("Name, Indonesian"), 200, required=True)
    name_en = line(gettext_lazy("Name, English"), 200, required=True)
    weight = _weight(
        gettext_lazy("Weight"),
        gettext_lazy("Among all dimensions. With 0 it asks for facts and gets no level."),
    )

    @staticmethod
    def initial_of(one: Dimension) -> dict[str, Any]:
        return {
            "code": one.code,
            "name_id": one.name.id,
            "name_en": one.name.en,
            "weight": one.weight,
        }

    def dimension(self) -> Dimension:
        data = self.cleaned_data
        return Dimension(data["code"], Text(data["name_id"], data["name_en"]), data["weight"])


class LevelsForm(forms.Form):
    """The words of the five levels, and whether the office approved the questionnaire."""

    is_proposal = forms.BooleanField(
        label=gettext_lazy("This is a proposal that the office has not approved"), required=False
    )

    def __init__(self, *args: Any, document: Document | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        _add_levels(self.fields, "level", required=True)
        if document is not None:
            self.initial = {"is_proposal": document.is_proposal}
            self.initial |= _initial_levels("level", document.levels)

    def levels(self) -> tuple[Text, ...]:
        return _levels(self.cleaned_data, "level")


class QuestionForm(_PartForm):
    """One question of a kind; fields that other kinds use are not there."""

    code = _code(gettext_lazy("Code"))
    dimension = forms.ChoiceField(label=gettext_lazy("Dimension"))
    text_id = line(gettext_lazy("Question, Indonesian"), LONGEST_TEXT, required=True)
    text_en = line(gettext_lazy("Question, English"), LONGEST_TEXT, required=True)
    hint_id = line(gettext_lazy("Help, Indonesian"), LONGEST_TEXT)
    hint_en = line(gettext_lazy("Help, English"), LONGEST_TEXT)
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    expression = forms.CharField(
        label=gettext_lazy("Asked only if"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "Such as ${CUT_2} = 'yes' or ${WORKERS} > 5; join with and, or, and brackets. "
            "Empty: asked always."
        ),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        document: Document,
        question: Question | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.document = kind, document
        self.fields["dimension"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.code} – {one.name.id}") for one in document.dimensions
        ]
        self.places = range(len(question.choices if question else ()) + SPARE_CHOICES)
        self._add_fields()
        if question is not None:
            self.initial = _initial(question, document)

    def _add_fields(self) -> None:
        if self.kind in SCORED:
            self.fields["weight"] = _weight(
                gettext_lazy("Weight"),
                gettext_lazy("Within its dimension. With 0 it is asked and not counted."),
            )
        if self.kind == Kind.SCALE:
            _add_levels(self.fields, "anchor", required=False)
        if self.kind == Kind.NUMBER:
            self.fields["unit_id"] = line(gettext_lazy("Unit, Indonesian"), 40)
            self.fields["unit_en"] = line(gettext_lazy("Unit, English"), 40)
            for name, label in (
                ("minimum", gettext_lazy("Smallest number")),
                ("maximum", gettext_lazy("Largest number")),
            ):
                self.fields[name] = forms.DecimalField(label=label, required=False, localize=True)
        if self.kind == Kind.CHOICE:
            for place in self.places:
                self._add_choice(place)

    def _add_choice(self, place: int) -> None:
        number = {"number": place + 1}
        self.fields[f"choice_{place}_code"] = forms.CharField(
            label=_("Answer %(number)d: code") % number, required=False, max_length=40
        )
        for key, label in (
            ("id", _("Answer %(number)d, Indonesian")),
            ("en", _("Answer %(number)d, English")),
        ):
            self.fields[f"choice_{place}_{key}"] = line(label % number, 200)
        self.fields[f"choice_{place}_score"] = forms.DecimalField(
            label=_("Answer %(number)d: level 0–4") % number,
            required=False,
            min_value=LOWEST,
            max_value=HIGHEST,
            decimal_places=2,
            localize=True,
        )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each choice, side by side."""
        parts = ("code", "id", "en", "score")
        if self.kind != Kind.CHOICE:
            return []
        return [[self[f"choice_{place}_{part}"] for part in parts] for place in self.places]

    @property
    def anchors(self) -> list[list[forms.BoundField]]:
        """Return the fields of each level's words."""
        if self.kind != Kind.SCALE:
            return []
        return [[self[f"anchor_{level}_{key}"] for key in ("id", "en")] for level in range(LEVELS)]

    def clean_expression(self) -> str:
        kinds = {one.code: one.kind for one in self.document.questions}
        try:
            self.condition = expressions.parsed(self.cleaned_data["expression"], kinds)
        except expressions.NotUnderstood as refused:
            raise forms.ValidationError(
                _("“%(where)s” is not understood. Write ${CODE}, a sign, and a value.")
                % {"where": refused.where},
                code="expression",
            ) from None
        return str(self.cleaned_data["expression"])

    def clean(self) -> dict[str, Any]:
        for place in self.places if self.kind == Kind.CHOICE else ():
            filled = any(
                self.cleaned_data.get(f"choice_{place}_{part}") not in (None, "")
                for part in ("id", "en", "score", "code")
            )
            code = self.cleaned_data.get(f"choice_{place}_code", "")
            if filled and not re.fullmatch(CHOICE_CODE, code):
                self.add_error(
                    f"choice_{place}_code", _("Give the answer a code of letters and digits.")
                )
        return self.cleaned_data

    def question(self) -> Question:
        data = self.cleaned_data
        anchors = _levels(data, "anchor") if self.kind == Kind.SCALE else ()
        return Question(
            code=data["code"],
            dimension=data["dimension"],
            kind=self.kind,
            text=Text(data["text_id"], data["text_en"]),
            hint=Text(data["hint_id"], data["hint_en"]),
            weight=data.get("weight", Decimal(1) if self.kind in SCORED else Decimal(0)),
            is_required=data["is_required"],
            condition=self.condition,
            anchors=anchors if any(anchors) else (),
            unit=Text(data.get("unit_id", ""), data.get("unit_en", "")),
            minimum=data.get("minimum"),
            maximum=data.get("maximum"),
            choices=self._choices(data),
        )

    def _choices(self, data: Mapping[str, Any]) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                data[f"choice_{place}_code"],
                Text(data[f"choice_{place}_id"], data[f"choice_{place}_en"]),
                data[f"choice_{place}_score"],
            )
            for place in (self.places if self.kind == Kind.CHOICE else ())
            if data[f"choice_{place}_code"]
        )


def _initial(one: Question, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": one.code,
        "dimension": one.dimension,
        "text_id": one.text.id,
        "text_en": one.text.en,
        "hint_id": one.hint.id,
        "hint_en": one.hint.en,
        "weight": one.weight,
        "is_required": one.is_required,
        "unit_id": one.unit.id,
        "unit_en": one.unit.en,
        "minimum": one.minimum,
        "maximum": one.maximum,
        "expression": expressions.written(one.condition, document.by_code) if one.condition else "",
    }
    for place, choice in enumerate(one.choices):
        found |= {
            f"choice_{place}_code": choice.code,
            f"choice_{place}_id": choice.text.id,
            f"choice_{place}_en": choice.text.en,
            f"choice_{place}_score": choice.score,
        }
    return found | _initial_levels("anchor", one.anchors)


def _add_levels(fields: dict[str, forms.Field], prefix: str, *, required: bool) -> None:
    for level in range(LEVELS):
        said = {"level": level}
        fields[f"{prefix}_{level}_id"] = line(
            _("Level %(level)d, Indonesian") % said, LONGEST_TEXT, required=required
        )
        fields[f"{prefix}_{level}_en"] = line(
            _("Level %(level)d, English") % said, LONGEST_TEXT, required=required
        )


def _initial_levels(prefix: str, levels: Sequence[Text]) -> dict[str, str]:
    found: dict[str, str] = {}
    for level, words in enumerate(levels):
        found |= {f"{prefix}_{level}_id": words.id, f"{prefix}_{level}_en": words.en}
    return found


def _levels(data: Mapping[str, Any], prefix: str) -> tuple[Text, ...]:
    return tuple(
        Text(data[f"{prefix}_{level}_id"], data[f"{prefix}_{level}_en"]) for level in range(LEVELS)
    )


class ComparableForm(forms.Form):
    """Of each dimension, whether its levels may be compared with those of the version before."""

    def __init__(
        self, *args: Any, dimensions: Sequence[Dimension], said: Mapping[str, bool], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        words = {True: "yes", False: "no", None: None}
        for one in dimensions:
            self.fields[one.code] = forms.ChoiceField(
                label=f"{one.code} – {one.name.id}",
                choices=[("yes", _("May be compared")), ("no", _("Begins anew"))],
                widget=forms.RadioSelect,
                initial=words[said.get(one.code)],
            )

    def said(self) -> dict[str, bool]:
        return {code: value == "yes" for code, value in self.cleaned_data.items()}
