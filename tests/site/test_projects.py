"""Projects elsewhere: among what a person has to do, and in a firm's timeline."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ifn.collaboration.actions import partners
from ifn.collaboration.models import Project, ProjectPartner
from ifn.directory.timeline import Kind
from ifn.moderation.actions.merging import merge_businesses, undo_merge
from ifn.site import timeline
from tests.factories import collaboration_projects as made
from tests.factories.accounts import AdministratorFactory
from tests.factories.collaboration_projects import ON
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def told(business, reader):
    with translation.override("en"):
        found = timeline.stretch(business, reader, today=ON, kind=Kind.COLLABORATION)
    return [one.title for one in found.moments]


def test_a_firm_reads_how_it_came_in_and_everyone_only_what_it_let_be_named():
    lead, firm = made.firm("Sol Jaya"), made.firm("Rupa")
    project = made.running(lead)
    one = made.joined(project, firm)
    public = timeline.reader_of_public(firm)

    assert told(firm, timeline.reader_of_firm()) == [
        "Takes part in a project",
        "Asked to take part in a project",
    ]
    assert told(firm, public) == []
    partners.name_to_visitors(one, is_named=True, actor=None, at=AT)
    assert told(firm, public) == []
    Project.objects.filter(pk=project.pk).update(is_public=True)
    assert told(firm, public) == ["Takes part in a project"]


def test_what_waits_stands_among_what_there_is_to_do():
    firm = made.firm("Rupa")
    client = Client()
    client.force_login(made.person_of(firm))
    project = made.running(made.firm("Sol Jaya"))
    one = made.invited(project, firm)

    home = client.get(reverse("site:mine")).content.decode()
    assert "Katakan apakah Anda ikut dalam proyek" in home

    partners.answer(one, "accepted", actor=None, at=AT)
    made.milestone(project, one)
    home = client.get(reverse("site:mine")).content.decode()
    assert "Katakan apakah Anda ikut" not in home
    assert "Selesaikan tonggak Anda" in home


def test_merging_two_profiles_takes_projects_along_and_undoing_gives_them_back():
    kept, gone = made.firm("Rupa Baru"), made.firm("Rupa Lama")
    one = made.joined(made.running(made.firm("Sol Jaya")), gone)
    actor = AdministratorFactory()
    versions = (kept.version, gone.version)

    merge = merge_businesses(
        kept, gone, versions=versions, chosen={}, reason="Sama", actor=actor, at=AT
    )
    assert ProjectPartner.objects.get(pk=one.pk).business == kept

    undo_merge(merge, actor=actor, at=AT)
    assert ProjectPartner.objects.get(pk=one.pk).business == gone
