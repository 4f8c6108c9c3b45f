"""Two firms agreed; what they agreed becomes a project that a designer without an account joins."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.collaboration.models import Milestone, Project, ProjectPartner, Stage
from ifn.connections.models import Enquiry
from tests.factories import collaboration_projects as made
from tests.factories import enquiries
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def at(name, *args):
    return reverse(f"collaboration:{name}", args=args)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def two():
    """Return the clients of who asked and of the firm, and the enquiry on which they agreed."""
    maker, brand = enquiries.firm(name="Sol Jaya"), made.firm("Merek Kita")
    asker = made.person_of(brand)
    one = enquiries.accepted(maker, asker=enquiries.member(asker, business=brand))
    Enquiry.objects.filter(pk=one.pk).update(state="agreed", ended_at=AT, met_at=AT)
    return signed_in(asker), signed_in(made.person_of(maker)), one


def begun(asker, maker, enquiry):
    """Let who asked make the enquiry a project; the other side finds the same one."""
    listed = asker.get(at("own-projects")).content.decode()
    begin = re.search(r'href="([^"]*pertanyaan=[^"]*)"', listed)[1]
    lead = asker.get(begin).context["form"]["led_by"].value()
    given = {"title_id": "Sandal karet", "role": "outsole", "led_by": lead}
    page = asker.post(begin, given)["Location"]
    project = Project.objects.get(enquiry=enquiry)
    assert page == maker.get(begin)["Location"] == at("own-project", project.code)
    return project


def with_partners(asker, maker, project):
    """Let the other side say yes, and a designer without an account join by link."""
    part = ProjectPartner.objects.get(project=project, role="outsole")
    maker.post(at("project-partner", project.code, part.pk), {"way": "accept"})
    asker.post(at("project-partners", project.code), {"name": "Studio Rupa", "role": "designer"})
    page = asker.get(at("project-partners", project.code)).content.decode()
    link = re.search(r"https?://[^<\"]*(/kolaborasi/mitra/[\w.:-]+)", page)[1]
    Client().post(f"{link}/lakukan", {"way": "accept"})
    return link


def moved(client, project, way):
    project.refresh_from_db()
    given = {"way": way, "version": project.version}
    client.post(at("move-project", project.code), given)


def test_from_an_agreement_to_a_finished_project(two):
    asker, maker, enquiry = two
    project = begun(asker, maker, enquiry)
    link = with_partners(asker, maker, project)
    moved(asker, project, "start")

    own = ProjectPartner.objects.get(project=project, role="designer")
    mark = {"what": "Gambar", "owner": own.pk, "due_on": localdate().isoformat(), "key": uuid4()}
    asker.post(at("project-milestones", project.code), mark)
    settle = f"{link}/tonggak/{Milestone.objects.get().pk}"
    Client().post(settle, {"state": "done", "words": "Di berkas", "version": 1})
    assert Milestone.objects.get().state == "done"

    brief, *others = Stage.Kind.values
    for given in ({"way": "begin"}, {"way": "end", "result": "Disepakati"}):
        asker.post(at("project-stage", project.code, brief), given)
    for kind in others:
        asker.post(at("project-stage", project.code, kind), {"way": "leave_out"})
    moved(asker, project, "complete")
    project.refresh_from_db()
    assert project.state == "done"
    assert "sudah berakhir" in maker.get(at("own-project", project.code)).content.decode()
