"""A profile changed in steps: a draft is begun, saved as one goes, published or thrown away."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.consenting import Consenting
from ifn.directory.actions.entering import AGAIN_WITHIN
from ifn.directory.actions.profiles import list_again, lock, register, revise, source_named
from ifn.directory.merging import merge
from ifn.directory.models import Business, Draft, Membership, Source
from ifn.directory.profile import Profile
from ifn.directory.queries import profile_of
from ifn.directory.serial import from_json, to_json

Sent = Mapping[str, Sequence[str]]


#: Written out, for this happens while somebody types: the answers go over those of the same names,
#: in one statement, so that two phones lose nothing of each other.
_PUT_OVER: Final = {
    "sqlite": "json_patch(data, %s)",
    "postgresql": "data || CAST(%s AS jsonb)",
}
_SAVE: Final = "UPDATE {table} SET data = {put}, saved_at = %s WHERE {of} = %s AND person_id = %s"


class ChosenMeanwhile(Exception):  # noqa: N818
    """Somebody else wrote something else into the same fields; a person has to choose."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


class NothingToPublish(Exception):  # noqa: N818
    """The draft is gone: published or thrown away already, perhaps by a second click."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who stated what is published: the business itself, or the office with it on the phone."""

    source: Source
    stated_on: date
    reason: str = ""
    #: Who agreed that the contacts are shown; nobody where the office does not know.
    consenting: Consenting | None = None


@transaction.atomic
def begin_profile(profile: Profile, *, owner: User, at: datetime, today: date) -> Business:
    """Begin a profile that only its owner sees until it is published; sent twice, begun once."""
    # Two requests of one person wait for each other here; on SQLite transactions do so anyway.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    same = Membership.objects.filter(
        person=owner,
        business__name=profile.name,
        business__status=Business.Status.DRAFT,
        since__gte=at - AGAIN_WITHIN,
    ).select_related("business")
    if begun := same.first():
        return begun.business
    business = register(
        profile,
        source=source_named(Source.Kind.SELF, ""),
        stated_on=today,
        actor=owner,
        at=at,
        status=Business.Status.DRAFT,
    )
    Membership.objects.create(business=business, person=owner, role=Membership.Role.OWNER, since=at)
    record("directory.member.joined", business, actor=owner, at=at, person=owner.pk, role="owner")
    return business


@transaction.atomic
def open_draft(business: Business, *, person: User, at: datetime) -> Draft:
    """Return this person's draft of a profile, begun now when there is none."""
    existing = Draft.objects.filter(business=business, person=person).first()
    if existing:
        return existing
    lock(business)
    draft, _is_new = Draft.objects.get_or_create(
        business=business,
        person=person,
        defaults={
            "version": business.version,
            "base": to_json(profile_of(business)),
            "begun_at": at,
            "saved_at": at,
        },
    )
    return draft


def save_step(
    business: Business, sent: Sent, *, fields: Iterable[str], person: User, at: datetime
) -> None:
    """Keep what was sent for these fields of a step, right or wrong; other steps stay as they are.

    A field that was not sent, such as an unticked box, is kept as empty. Two steps sent at once
    are both kept: the database puts each into the draft as it finds it.
    """
    of = Draft._meta.get_field("business")
    while not put_answers(of, business.pk, sent, fields=fields, person=person, at=at):
        open_draft(business, person=person, at=at)


def put_answers(  # where, what, of which fields, whose, when
    of: Any, pk: int, sent: Sent, *, fields: Iterable[str], person: User, at: datetime
) -> bool:
    """Put what was sent over a draft's answers; say whether the person has such a draft.

    ``of`` is the column of a table of drafts that says what is drafted; beside it the table has
    ``data``, ``saved_at`` and ``person``.
    """
    answers = json.dumps({name: list(sent.get(name, ())) for name in fields})
    statement = _SAVE.format(
        table=of.model._meta.db_table, put=_PUT_OVER[connection.vendor], of=of.column
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [answers, connection.ops.adapt_datetimefield_value(at), pk, person.pk]
        )
        return bool(cursor.rowcount)


@transaction.atomic
def discard_draft(business: Business, *, person: User) -> None:
    """Throw away what this person has not published."""
    Draft.objects.filter(business=business, person=person).delete()


@transaction.atomic
def publish(
    business: Business,
    profile: Profile,
    *,
    chosen: Mapping[str, str],
    origin: Origin,
    actor: User,
    at: datetime,
) -> tuple[str, ...]:
    """Publish a draft together with what others changed since it was begun.

    ``profile`` is the draft's, read by the form. ``chosen`` says for fields into which both wrote
    something else whose word counts: ``mine`` or ``theirs``. Returns the fields taken over from
    others.

    Raises:
        ChosenMeanwhile: Such a field is not among the chosen; nothing was written.
        NothingToPublish: The draft is gone.
        UnknownTerm: A capability or certificate is in no vocabulary.

    """
    lock(business)
    draft = Draft.objects.filter(business=business, person=actor).first()
    if draft is None:
        raise NothingToPublish
    theirs = profile_of(business)
    merged = merge(from_json(draft.base), profile, theirs)
    if open_ := [name for name in merged.conflicts if chosen.get(name) not in {"mine", "theirs"}]:
        raise ChosenMeanwhile(open_)
    taken: dict[str, Any] = {
        name: getattr(theirs, name) for name in merged.conflicts if chosen[name] == "theirs"
    }
    revise(
        business,
        replace(merged.profile, **taken),
        version=business.version,
        source=origin.source,
        stated_on=origin.stated_on,
        actor=actor,
        at=at,
        reason=origin.reason,
        consenting=origin.consenting,
    )
    if business.status == Business.Status.DRAFT:
        list_again(business, actor=actor, at=at)
    draft.delete()
    return (*merged.taken, *taken)
