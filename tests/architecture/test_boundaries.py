"""What import-linter cannot see: foreign keys, reverse names, links, imports in disguise."""

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture import reading
from tests.architecture.reading import HEIGHT, MODULES, ROOMS, TEMPLATES, room, short

MODELS = [model for model in apps.get_models() if model.__module__.startswith("ifn.")]
OUTGOING = [
    (field, field.related_model)
    for model in MODELS
    for field in model._meta.get_fields()
    if field.is_relation and field.concrete and field.related_model._meta.app_label in HEIGHT
    if field.related_model._meta.app_label != model._meta.app_label
]
PURE = {"models", "policies", "queries", "actions"}
DOMAIN = [path for path in MODULES if reading.layer(path) in PURE]
READING = [path for path in MODULES if reading.layer(path) in {"views", "forms", "policies"}]
#: The only listener there is: it marks where a request begins; no rule hangs on it.
LISTENS = {"regions/editions.py"}

#: The frame round every page shows the way to the main places, wherever these live.
FRAME = {f"ui/templates/ui/{name}.html" for name in ("header", "footer", "error")}


@pytest.mark.parametrize(("field", "target"), OUTGOING, ids=str)
def test_foreign_keys_point_down_and_leave_no_name_below(field, target):
    if target._meta.label != settings.AUTH_USER_MODEL:
        assert HEIGHT[target._meta.app_label] < HEIGHT[field.model._meta.app_label]
    assert field.remote_field.related_name == "+"


@pytest.mark.parametrize("folder", ROOMS, ids=room)
def test_every_room_has_its_place_and_says_what_it_is_about(folder):
    assert folder.name in HEIGHT

    first, *_ = (folder / "__init__.py").read_text().splitlines() or [""]
    assert first.startswith('"""')
    assert len(first) > len('"""."""')


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_templates_link_to_their_own_room_or_below(template):
    if short(template) not in FRAME:
        assert reading.links_up(template.read_text(), room(template)) == set()


@pytest.mark.parametrize("module", DOMAIN, ids=short)
def test_domain_knows_nothing_of_the_web_or_the_clock(module):
    source = module.read_text()

    assert reading.web_imports(source) == []
    assert reading.clock_reads(source) == []
    assert reading.relations_by_string(source) == []


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_views_and_forms_stay_inside_their_room_and_nothing_listens(module):
    source = module.read_text()

    if short(module) != "urls.py":  # the map of the whole platform
        assert reading.private_imports(source, room(module)) == []
    if short(module) not in LISTENS:
        assert reading.signal_imports(source) == []


@pytest.mark.parametrize("module", READING, ids=short)
def test_only_actions_write(module):
    assert reading.writes(module.read_text()) == []


def test_the_checks_above_can_fail():
    assert reading.web_imports("from django.http import HttpResponse")
    assert reading.web_imports("import django.forms")
    assert reading.private_imports("from ifn.directory.forms import Search", "site")
    assert reading.private_imports("from ifn.directory import views", "site")
    assert reading.signal_imports("from django.db.models.signals import post_save")
    assert reading.signal_imports("from django.dispatch import receiver")
    assert reading.clock_reads("from django.utils.timezone import now\nnow()")
    assert reading.clock_reads("timezone.now()")
    assert reading.clock_reads("localdate()")
    assert reading.clock_reads("localdate(at)") == []
    assert reading.clock_reads("datetime.now(UTC)")
    assert reading.relations_by_string('models.ForeignKey("directory.Business", CASCADE)')
    assert reading.writes("Business.objects.create(name='x')")
    assert reading.links_up('{% url "directory:list" %}', "accounts") == {"directory"}
    assert reading.links_up('{% url "site:home" %}', "accounts") == set()
