"""Action plans to test with: of a batch that runs, whose days are in June."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from ifn.programmes.actions import following, linking, partnering, teaching, visiting
from ifn.programmes.models import Action, Batch, Mentor, Partner, Registration
from ifn.programmes.tokens import Link, for_mentor, for_partner
from tests.factories.directory import AT
from tests.factories.programmes import officer

JULY = date(2026, 7, 15)


def action(registration: Registration, owner: str = "firm", **changes: Any) -> Action:
    facts: dict[str, Any] = {"what": "Beli acuan baru", "owner": owner, "due_on": JULY}
    key = changes.pop("key", None) or uuid4()
    return following.write_action(registration, facts | changes, key=key, actor=officer(), at=AT)


def mentor(
    batch: Batch, *looks_after: Registration, name: str = "Bu Laras", **reach: str
) -> Mentor:
    made = teaching.add_mentor(
        batch, name, organisation="Politeknik", subject="Bahan", actor=officer(), at=AT
    )
    reach = {"email": "laras@politeknik.example", "phone": ""} | reach
    made = linking.write_reach(made, **reach, actor=officer(), at=AT)
    visiting.look_after(made, [one.pk for one in looks_after], actor=officer(), at=AT)
    return linking.make_link(made, today=localdate(), actor=officer(), at=AT)


def partner(batch: Batch, name: str = "Desa Wisata", **reach: str) -> Partner:
    made = partnering.add_partner(batch, name, kind="tourism", actor=officer(), at=AT)
    reach = {"email": "desa@wisata.example", "phone": ""} | reach
    made = linking.write_reach(made, **reach, actor=officer(), at=AT)
    return linking.make_link(made, today=localdate(), actor=officer(), at=AT)


def token_of(helper: Mentor | Partner) -> str:
    helper.refresh_from_db()
    link = Link(helper.pk, helper.link, helper.link_on or localdate())
    return for_mentor(link) if isinstance(helper, Mentor) else for_partner(link)
