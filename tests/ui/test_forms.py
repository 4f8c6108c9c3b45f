from django import forms
from django.template import Context, Template
from django.utils import translation

from ifn.ui.pieces import Choice
from ifn.ui.specimens import FAULTY, SpecimenForm


def show(template, **values):
    with translation.override("en"):
        return Template(template).render(Context(values))


def test_label_help_and_error_are_tied_to_their_control():
    form = SpecimenForm(FAULTY)
    field = show("{% field bound %}", bound=form["name"])

    assert '<label for="id_name">Business name</label>' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_a_group_is_a_fieldset_with_its_legend_and_description():
    field = show("{% field bound %}", bound=SpecimenForm(FAULTY)["roles"])

    assert '<fieldset class="field" aria-describedby="id_roles_helptext id_roles_error">' in field
    assert "<legend>Roles in the chain</legend>" in field
    assert field.count('type="checkbox"') == 3


def test_only_what_may_stay_empty_is_marked():
    form = SpecimenForm()

    assert "(optional)" in show("{% field bound %}", bound=form["email"])
    assert "(optional)" not in show("{% field bound %}", bound=form["name"])


def test_error_summary_links_each_error_to_its_field():
    summary = show("{% error_summary form %}", form=SpecimenForm(FAULTY))

    assert "5 things need your attention" in summary
    assert 'href="#id_name"' in summary
    assert 'href="#id_roles_0"' in summary


def test_error_summary_is_silent_when_all_is_well():
    assert show("{% error_summary form %}", form=SpecimenForm()) == ""


def test_errors_of_the_whole_form_stand_in_the_summary():
    class Pair(forms.Form):
        first = forms.CharField()

        def clean(self):
            raise forms.ValidationError("They <contradict> each other.")

    summary = show("{% error_summary form %}", form=Pair({"first": "x"}))

    assert "One thing needs your attention" in summary
    assert "They &lt;contradict&gt; each other." in summary


def test_whole_form_has_every_field_and_keeps_hidden_ones():
    class WithHidden(SpecimenForm):
        version = forms.CharField(widget=forms.HiddenInput, initial="7")

    html = show("{% form form %}", form=WithHidden())

    for name in WithHidden().fields:
        assert html.count(f'name="{name}"') >= 1
    assert '<input type="hidden" name="version" value="7"' in html


def test_unit_and_autocomplete_reach_the_control():
    field = show(
        '{% field bound unit="pairs" autocomplete="off" %}', bound=SpecimenForm()["capacity"]
    )

    assert "<span>pairs</span>" in field
    assert 'autocomplete="off"' in field


def test_choices_show_counts_and_what_is_chosen():
    html = show(
        '{% choices name="role" legend="Role" options=options %}',
        options=[Choice("a", "A", 1200, checked=True), Choice("b", "B", 0)],
    )

    assert 'id="role-a" name="role" value="a" checked' in html
    assert '<span class="count">1,200</span>' in html
    assert "data-empty" in html
    assert 'role="group" aria-labelledby="legend-role"' in html
