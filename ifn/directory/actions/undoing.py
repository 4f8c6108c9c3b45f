"""Take back one's own last change of a profile."""

from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.consenting import INVENTED, allowed, settled, stood_before
from ifn.directory.actions.profiles import (
    audited,
    lock,
    replace_facts,
)
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Attribution, Business, Revision
from ifn.directory.profile import changed_fields
from ifn.directory.queries import pictures_of, profile_of
from ifn.directory.serial import from_json


class NothingToUndo(Exception):  # noqa: N818
    """The last change is somebody else's, or has been taken back already."""


@transaction.atomic
def undo_last_change(business: Business, *, actor: User, at: datetime) -> Business:
    """Put a profile back to how it stood before this person's last change, sources included.

    Raises:
        NothingToUndo: Somebody else changed it after that, or there is nothing to take back.

    """
    lock(business)
    last = Revision.objects.filter(
        business=business, person=actor, version=business.version
    ).first()
    if last is None:
        raise NothingToUndo
    stood_before(last)
    consenting = INVENTED if business.is_demo else None
    now, before = profile_of(business), allowed(from_json(last.profile), consenting, business)
    changed = changed_fields(now, before)
    if "contacts" in changed:
        before = settled(business, before, consenting, actor=actor, at=at)
    replace_facts(
        business,
        before,
        changed,
        version=business.version + 1,
        confirmed_on=last.confirmed_on,
        at=at,
    )
    Attribution.objects.filter(business=business, field__in=changed).delete()
    Attribution.objects.bulk_create(
        Attribution(
            business=business, field=name, source_id=source, stated_on=date.fromisoformat(day)
        )
        for name, (source, day) in last.attributions.items()
        if name in changed
    )
    last.delete()
    put_in_lists(business, before, pictures_of(business))
    record(
        "directory.business.reverted",
        business,
        actor=actor,
        at=at,
        before=audited(now, changed),
        after=audited(before, changed),
    )
    return business
