"""What is asked of whoever wants a chain, and what saves it."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.connections.chaining.facts import USUAL, Brief, Emphasis
from ifn.connections.chaining.wording import LEVELS
from ifn.directory import clean
from ifn.directory.fields import CleanedField, line
from ifn.directory.search.understanding import region_named
from ifn.regions.queries import Place, all_regions
from ifn.vocabulary.queries import Lexicon, lexicon

MOST_PAIRS, MOST_DAYS = 1_000_000, 365
#: Products that are shoes, families that uppers are made of.
_NOT_FOOTWEAR: Final = frozenset({"LGOODS", "COMPONENT"})
_UPPERS: Final = ("LEATHER", "SYN", "TEXTILE")
#: Filled in when the page is opened: a real order, so that nothing has to be guessed. It asks for
#: no certificate: that would leave firms out whom nobody wanted left out.
EXAMPLE: Final = {
    "product": "SNEAKER",
    "upper": "LEATHER",
    "construction": "CEMENTED",
    "pairs": 500,
    "days": 60,
    "place": "Kab. Mojokerto",
}
_WISHES: Final = ("near", "soon", "sure", "few", "fit")


def _number(label: Any, **options: Any) -> CleanedField:
    return CleanedField(
        lambda given: clean.whole_number(given, largest=MOST_PAIRS),
        empty=None,
        label=label,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        **options,
    )


def _wish(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=LEVELS,
        coerce=int,
        initial=USUAL,
        required=False,
        empty_value=None,
    )


class BriefForm(forms.Form):
    """What is to be made, how many, until when, and where it goes."""

    product = forms.ChoiceField(label=gettext_lazy("Product"))
    upper = forms.ChoiceField(label=gettext_lazy("Upper material"))
    construction = forms.ChoiceField(
        label=gettext_lazy("Construction"),
        help_text=gettext_lazy("How sole and upper become one. Most sneakers are cemented."),
    )
    sole = forms.ChoiceField(label=gettext_lazy("Sole"), required=False)
    pairs = _number(
        gettext_lazy("How many pairs"),
        help_text=gettext_lazy("For instance 500, or 25 kodi."),
    )
    days = _number(
        gettext_lazy("Ready in how many days"),
        help_text=gettext_lazy("Until everything is tested and packed; transport is not counted."),
    )
    place = line(
        gettext_lazy("Where the pairs go"),
        80,
        required=True,
        help_text=gettext_lazy("A regency or city, such as Mojokerto. Near firms come first."),
    )
    certificates = forms.MultipleChoiceField(
        label=gettext_lazy("Certificates"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who states certificates and not this one is left out."),
    )
    near = _wish(gettext_lazy("Short ways"))
    soon = _wish(gettext_lazy("Time to spare at the end"))
    sure = _wish(gettext_lazy("Verified and up-to-date profiles"))
    few = _wish(gettext_lazy("Few firms to deal with"))
    fit = _wish(gettext_lazy("Exactly this work"))

    wishes: ClassVar = _WISHES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = lexicon()
        self._choose("product", _products(words))
        self._choose("upper", _below(words, "material", _UPPERS))
        self._choose("construction", [(one.code, one.name) for one in words.of("construction")])
        soles = [(one.code, one.name) for one in words.children("material", "SOLEMAT")]
        self._choose("sole", [("", _("Whatever suits")), *soles])
        self._choose("certificates", _certificates(words))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]

    def clean_pairs(self) -> int:
        """Return at least one pair."""
        pairs: int | None = self.cleaned_data["pairs"]
        if not pairs:
            raise forms.ValidationError(_("Enter at least 1 pair."))
        return pairs

    def clean_days(self) -> int:
        """Return at least a day, and a year at most."""
        days: int | None = self.cleaned_data["days"]
        if not days or days > MOST_DAYS:
            raise forms.ValidationError(
                _("Enter between 1 and %(most)s days.") % {"most": MOST_DAYS}
            )
        return days

    def clean_place(self) -> Place:
        """Return the regency or city of this name."""
        typed, regions = self.cleaned_data["place"], all_regions()
        found = regions.get(typed) or regions.get(region_named(typed, regions))
        if found is None:
            raise forms.ValidationError(
                _("No regency or city is called “%(place)s”. Check the spelling.")
                % {"place": typed}
            )
        if found.is_province:
            raise forms.ValidationError(
                _("%(place)s is a province. Enter a regency or city in it.")
                % {"place": found.short_name}
            )
        return found

    @property
    def brief(self) -> Brief:
        """Return the brief of a form that is valid."""
        data = self.cleaned_data
        place: Place = data["place"]
        return Brief(
            product=data["product"],
            upper=data["upper"],
            construction=data["construction"],
            sole=data["sole"],
            pairs=data["pairs"],
            deadline_days=data["days"],
            region=place.code,
            place=(place.latitude, place.longitude),
            certificates=frozenset(data["certificates"]),
            emphasis=Emphasis(**{name: data[name] or USUAL for name in _WISHES}),
        )


def _products(words: Lexicon) -> list[tuple[str, str]]:
    return [
        (one.code, one.name)
        for one in words.of("product_type")
        if not {one.code, one.parent} & _NOT_FOOTWEAR
    ]


def _below(words: Lexicon, vocabulary: str, tops: tuple[str, ...]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for top in tops:
        word = words.get(vocabulary, top)
        several = [word] if word else []
        found += [(one.code, one.name) for one in (*several, *words.descendants(vocabulary, top))]
    return found


#: Certificates that buyers ask of an order; marks and copyrights are none of them.
_ASKED: Final = (
    *("SNI", "SNI_8877", "ISO20345", "ISO9001", "ISO14001", "LWG", "BSCI", "REACH"),
    *("HALAL", "TKDN", "GREEN"),
)


def _certificates(words: Lexicon) -> list[tuple[str, str]]:
    found = (words.get("certification", code) for code in _ASKED)
    return [(one.code, one.name) for one in found if one]


class SaveForm(forms.Form):
    """The name under which a chain is kept."""

    name = line(gettext_lazy("Name"), 80, required=True)
