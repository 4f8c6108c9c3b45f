"""Tell those whom a project concerns: who is asked, who answered, what changes for all.

Whoever has an account finds it among the notices; firms without people and partners by name get a
letter. Nobody is behind invented firms, so nobody is written to in an invented project.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.collaboration import tokens
from ifn.collaboration.models import Guest, Milestone, Note, Project, ProjectPartner
from ifn.directory.actions.confirming import language_of, own_addresses_of
from ifn.directory.models import Membership
from ifn.notices.actions import News, tell_many, write_to_address
from ifn.notices.kinds import COLLABORATION
from ifn.notices.letters import Mail
from ifn.notices.paths import path_in, path_of
from ifn.notices.values import in_each_language

#: Partners by name and guests are written to in the first language of the country.
LANGUAGE: Final = "id"
_TOLD: Final = (ProjectPartner.State.INVITED, ProjectPartner.State.ACCEPTED)


def page_of(project: Project) -> str:
    """Return the path of the workspace, as notices keep it."""
    return path_of("collaboration:own-project", project.code)


def link_of(one: ProjectPartner | Guest, language: str = LANGUAGE) -> str:
    """Return the whole address of the link that is out; nothing where there is none."""
    if one.link_on is None:
        return ""
    link = tokens.Link(one.pk, one.link, one.link_on)
    is_guest = isinstance(one, Guest)
    token = tokens.for_guest(link) if is_guest else tokens.for_partner(link)
    with translation.override(language):
        path = reverse(f"collaboration:{'guest' if is_guest else 'partner'}-link", args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def tell_invited(
    partner: ProjectPartner, project: Project, *, by: User | None, at: datetime
) -> int:
    """Tell a firm's people that it is asked to take part."""
    facts = {"what": "invited", "role": partner.role, "does": partner.does}
    return _tell_partner(partner, project, facts, besides=by, at=at)


def tell_taken_out(
    partner: ProjectPartner, project: Project, *, by: User | None, at: datetime
) -> int:
    """Tell a partner that others took it out of a project."""
    facts = {"what": "taken_out", "reason": partner.reason}
    return _tell_partner(partner, project, facts, besides=by, at=at)


def tell_answer(
    partner: ProjectPartner, project: Project, *, besides: User | None, at: datetime
) -> int:
    """Tell whoever leads a project, or began it, what a partner said."""
    if project.is_demo:
        return 0
    people = _people_of([project.led_by_id] if project.led_by_id else [])
    if project.created_by and project.created_by.is_active:
        people.append(project.created_by)
    news = News(
        f"projects.{partner.state}",
        page_of(project),
        _values(project) | {"partner": partner.name, "why": partner.reason or "–"},
    )
    key = f"projects:{partner.state}:{partner.pk}:{at.isoformat()}"
    return tell_many(_others(people, besides), news, key=key, at=at)


def tell_moved(project: Project, way: str, *, besides: User | None, at: datetime) -> int:
    """Tell everybody in a project that it starts, pauses, goes on, or is over."""
    facts = {"what": way, "reason": project.reason}
    found = ProjectPartner.objects.filter(project=project, state__in=_TOLD)
    return sum(
        _tell_partner(one, project, facts, besides=besides, at=at)
        for one in found.select_related("business").order_by("pk")
    )


def tell_note(note: Note, project: Project, *, besides: User | None, at: datetime) -> int:
    """Tell the partners with an account what was decided, or written of a meeting."""
    if project.is_demo or note.kind == Note.Kind.COMMENT:
        return 0
    found = ProjectPartner.objects.filter(project=project, state=ProjectPartner.State.ACCEPTED)
    firms = found.exclude(business=None).values_list("business", flat=True)
    news = News(
        f"projects.{note.kind}",
        path_of("collaboration:project-notes", project.code),
        _values(project) | {"text": note.text[:200]},
    )
    people = _others(_people_of(firms), besides)
    return tell_many(people, news, key=f"projects:note:{note.pk}", at=at)


def tell_overdue(
    partner: ProjectPartner,
    project: Project,
    late: Sequence[Milestone],
    *,
    today: date,
    at: datetime,
) -> int:
    """Remind a partner of its overdue milestones, once for each week."""
    lines = [{"what": one.what, "due_on": one.due_on} for one in late]
    facts = {"what": "overdue", "lines": lines, "count": len(lines), "name": late[0].what}
    year, week, _day = today.isocalendar()
    return _tell_partner(partner, project, facts, besides=None, key=f"{year}-{week}", at=at)


def _tell_partner(  # whom, about what, besides whom, under which key
    partner: ProjectPartner,
    project: Project,
    facts: Mapping[str, Any],
    *,
    besides: User | None,
    key: str = "",
    at: datetime,
) -> int:
    """Tell one partner something: its people, else the addresses it is reached by."""
    business = partner.business
    if project.is_demo or (business is not None and business.is_demo):
        return 0
    mail = mail_of(partner, project, facts)
    key = f"projects:{facts['what']}:{partner.pk}:{key or at.isoformat()}"
    people = _people_of([business.pk]) if business else []
    news = News(
        f"projects.{facts['what']}",
        page_of(project),
        _values(project)
        | {"firm": partner.name, "why": facts.get("reason") or "–"}
        | {name: facts[name] for name in ("count", "name") if name in facts},
    )
    written = tell_many(_others(people, besides), news, key=key, at=at, mail=mail)
    if any(one.email for one in people):
        return written
    for place, (address, language) in enumerate(addresses_of(partner)):
        written += write_to_address(
            address, mail, language, kind=COLLABORATION, key=f"{key}:{place}", at=at
        )
    return written


def addresses_of(partner: ProjectPartner) -> list[tuple[str, str]]:
    """Return where a partner without people of an account is written to, with the language."""
    if partner.email:
        return [(partner.email, LANGUAGE)] if partner.link_on or not partner.business else []
    if partner.business is None:
        return []
    language = language_of(partner.business)
    return [(address, language) for address in own_addresses_of(partner.business)]


def mail_of(partner: ProjectPartner, project: Project, facts: Mapping[str, Any]) -> Mail:
    """Return what is written to a partner; its link where it has one, else the workspace."""
    is_by_link = partner.business_id is None

    def told(language: str) -> Mapping[str, Any]:
        role = partner.get_role_display()
        page = f"{settings.PUBLIC_ADDRESS}{path_in(language, page_of(project))}"
        return {
            **facts,
            "title": project.title,
            "firm": partner.name,
            "role_name": role,
            "link": link_of(partner, language) if is_by_link else page,
        }

    return Mail("collaboration/mail/project", "collaboration.project", told, is_secret=True)


def _values(project: Project) -> dict[str, Any]:
    return {"title": in_each_language(lambda: project.title)}


def _others(people: Iterable[User], besides: User | None) -> list[User]:
    return [one for one in people if besides is None or one.pk != besides.pk]


def _people_of(firms: Iterable[int | None]) -> list[User]:
    """Return the owners and editors of businesses, each once; one query."""
    roles = [Membership.Role.OWNER, Membership.Role.EDITOR]
    rows = Membership.objects.filter(
        business__in=[one for one in firms if one], role__in=roles, person__is_active=True
    )
    found = {one.person_id: one.person for one in rows.select_related("person").order_by("pk")}
    return list(found.values())
