"""What stands in addresses of projects: one that the business leads, which visitors do not see."""

from uuid import uuid4

from ifn.collaboration.actions import notes, partners, projects, specifying
from ifn.collaboration.models import ProjectPartner
from ifn.collaboration.tokens import Link, for_guest, for_partner
from tests.factories import collaboration_projects as made
from tests.factories.collaboration_projects import ON, officer
from tests.factories.directory import AT


def project(world):
    """Return a project that runs, with the business's own part as ``pk``."""
    one = made.running(world.business)
    own = ProjectPartner.objects.get(project=one, business=world.business)
    return {"code": one.code, "kind": "brief", "pk": own.pk, "made": one}


def shown(world):
    known = project(world)
    facts = {"is_public": True}
    version = known["made"].version
    projects.change(known["made"], facts, version=version, actor=officer(), at=AT)
    return known


def milestone(world):
    known = project(world)
    own = ProjectPartner.objects.get(pk=known["pk"])
    return known | {"pk": made.milestone(known["made"], own).pk}


def guest(world):
    known = project(world)
    return known | {"pk": made.guest(known["made"]).pk}


def risk(world):
    known = project(world)
    one = notes.raise_risk(known["made"], "Bahan", gravity=2, key=uuid4(), actor=officer(), at=AT)
    return known | {"pk": one.pk}


def version(world):
    known = project(world)
    return known | {"pk": made.filed(known["made"]).pk}


def shown_file(world):
    known = project(world)
    return known | {"pk": made.filed(known["made"]).of_id}


def result(world):
    known = project(world)
    facts = {"standard": "SNI", "measured": "Kekerasan", "value": 60, "on": ON}
    one = specifying.add_result(known["made"], facts, actor=officer(), at=AT)
    return known | {"pk": one.pk}


def partner_link(world):
    """Return the link of somebody by name who takes part, with a milestone and a file."""
    known = project(world)
    one = made.by_link(known["made"])
    partners.answer(one, "accepted", actor=None, at=AT)
    token = for_partner(Link(one.pk, one.link, one.link_on))
    return {
        "token": token,
        "pk": made.milestone(known["made"], one).pk,
        "file": made.filed(known["made"]).pk,
    }


def partner_file(world):
    known = partner_link(world)
    return known | {"pk": known["file"]}


def guest_link(world):
    known = project(world)
    one = made.guest(known["made"])
    kept = made.filed(known["made"], visible="guests")
    return {"token": for_guest(Link(one.pk, one.link, one.link_on)), "pk": kept.pk}


THINGS = {
    "own project": project,
    "project": project,
    "shown project": shown,
    "own partner": project,
    "own milestone": milestone,
    "own guest": guest,
    "own risk": risk,
    "own file": version,
    "own shown file": shown_file,
    "own result": result,
    "project partner link": partner_link,
    "project partner file": partner_file,
    "project guest link": guest_link,
}
