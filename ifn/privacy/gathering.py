"""Gather what every room keeps about a person and pack it: JSON for programs, HTML for people.

Quotas keep only keyed digests of a minute, from which nobody can be told; jobs keep keys of rows.
"""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ifn.accounts import of_person as accounts
from ifn.accounts.models import User
from ifn.api import of_person as api
from ifn.assessments import of_person as assessments
from ifn.audit import of_person as audit
from ifn.audit.models import Entry
from ifn.collaboration import of_person as collaboration
from ifn.connections import of_person as connections
from ifn.directory import of_person as directory
from ifn.intake import of_person as intake
from ifn.mail import of_person as mail
from ifn.moderation import of_person as moderation
from ifn.notices import of_person as notices
from ifn.privacy import of_person as privacy
from ifn.programmes import of_person as programmes

Parts = dict[str, Sequence[Mapping[str, object]]]
#: What each part is called in the readable copy, in its order.
TITLES: Final = {
    "account": _("Your account"),
    "duties": _("Your duties"),
    "territory": _("Regions you work for"),
    "consents": _("What you agreed to"),
    "sessions": _("Where you are signed in"),
    "passkeys": _("Your passkeys"),
    "memberships": _("Businesses you look after"),
    "profiles": _("Profiles you own"),
    "pictures": _("Photos of these profiles"),
    "drafts": _("Changes not yet published"),
    "invitations": _("Invitations you made"),
    "opportunities": _("Opportunities you wrote"),
    "opportunity_drafts": _("Opportunities not yet posted"),
    "opportunity_changes": _("What you did with opportunities"),
    "claims": _("Profiles you claimed"),
    "claim_notes": _("What was written about your claims"),
    "reports": _("Faults you reported"),
    "work_taken": _("Work you took"),
    "saved_filters": _("Lists you keep"),
    "letters": _("What you asked businesses"),
    "letter_files": _("Files you sent along"),
    "enquiries": _("Where your enquiries stand"),
    "enquiry_steps": _("What you did in enquiries"),
    "enquiry_values": _("Values you stated"),
    "enquiry_reports": _("Enquiries you reported"),
    "introductions": _("Businesses the office introduced you to"),
    "enquiry_blocks": _("Senders you blocked"),
    "lists": _("Lists you loaded"),
    "chains": _("Chains you asked for"),
    "registrations": _("Batches of mentoring you registered for"),
    "outcomes": _("What you said of your business after mentoring"),
    "outcomes_written_down": _("What you wrote down of other businesses after mentoring"),
    "attendance": _("Sessions you attended"),
    "quiz_answers": _("Tests you answered"),
    "certificates": _("Certificates you were given"),
    "action_plan": _("What the plan after your mentoring says"),
    "action_steps": _("What you said of actions after mentoring"),
    "actions_written": _("Actions you wrote into plans"),
    "action_files": _("Photos you added to plans"),
    "visits": _("Visits after mentoring, to you or by you"),
    "promise_answers": _("What you said of promises of partners"),
    "helping": _("Batches in which you help"),
    "registration_decisions": _("What you decided about registrations"),
    "batches": _("What you did for batches of mentoring"),
    "session_files": _("Files of sessions you added"),
    "attendance_ticked": _("Attendance you noted"),
    "certificates_issued": _("Certificates you issued"),
    "calls": _("What you did for calls for partners"),
    "applications": _("Applications to calls, yours and those you decided about"),
    "evaluations": _("What you did as an evaluator"),
    "projects": _("Projects you began or take part in"),
    "project_steps": _("What you did in projects"),
    "project_notes": _("Notes you wrote in projects"),
    "project_milestones": _("Milestones of your businesses in projects"),
    "project_files": _("Files you added to projects"),
    "hand_outs": _("What you entered, handed out and received of batches"),
    "release_answers": _("What you said to results that were to be published"),
    "questionnaires": _("Questionnaires you wrote"),
    "assessments": _("Assessments you worked on"),
    "answers": _("What you answered in assessments"),
    "answer_photos": _("Photos you added to assessments"),
    "answers_decided": _("Differing answers you decided"),
    "packages": _("What your phone sent of assessments"),
    "api_keys": _("Your keys to the API"),
    "follows": _("What you follow"),
    "notices": _("What you were told"),
    "wishes": _("How often you want messages"),
    "messages": _("Messages to you"),
    "refusals": _("Addresses of yours that refused messages"),
    "bounces": _("Messages to you that came back"),
    "silences": _("Messages that were stopped at your address"),
    "data_requests": _("Your requests about your data"),
    "exports": _("Copies you asked for"),
    "deeds": _("What you did, as the record has it"),
}


def gathered(person: User) -> Parts:
    """Return what every room keeps about a person."""
    return _without_deeds(person) | audit.of_person(person)


def counted(person: User) -> list[tuple[str, int]]:
    """Return what is kept about a person in words, and how much of each; deeds are not read."""
    parts = _without_deeds(person)
    numbers = {key: len(rows) for key, rows in parts.items()}
    numbers["deeds"] = Entry.objects.filter(actor=person).count()
    return [(str(title), numbers[key]) for key, title in TITLES.items() if numbers.get(key)]


def _without_deeds(person: User) -> Parts:
    found: Parts = {}
    for room in (
        *(accounts, directory, moderation, intake, connections, assessments, programmes),
        *(collaboration, api, notices, privacy),
    ):
        found |= room.of_person(person)
    if not person.email:
        return found | {"messages": []}
    return found | mail.to_address(person.email) | notices.to_address(person.email)


def packed(person: User, *, at: datetime) -> bytes:
    """Return a ZIP with the same twice: ``data.json`` and ``data.html``."""
    parts = gathered(person)
    text = json.dumps(
        {"made_at": at, "platform": "Indonesia Footwear Network", "data": parts},
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        indent=1,
    )
    with translation.override(person.language):
        sections = [(str(title), _rows(parts.get(key, []))) for key, title in TITLES.items()]
        page = render_to_string(
            "privacy/export.html",
            {"sections": sections, "at": localtime(at), "language": person.language},
        )
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        archive.writestr("data.html", page)
    return buffer.getvalue()


def _rows(rows: Sequence[Mapping[str, object]]) -> list[list[tuple[str, str]]]:
    return [
        [(_name(name), _shown(value)) for name, value in row.items() if value not in (None, "", [])]
        for row in rows
    ]


def _name(name: str) -> str:
    """Return a field's name as in the JSON beside it, so that one can be found by the other."""
    return name.replace("__", ".").replace("_", " ")


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return str(value)
