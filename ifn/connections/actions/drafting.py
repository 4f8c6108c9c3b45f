"""An opportunity written in steps: begun, saved as one goes, thrown away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.attaching import remove_files
from ifn.connections.actions.kinds import kind_going
from ifn.connections.actions.moving import lock
from ifn.connections.models import Attachment, Opportunity, OpportunityDraft, StateChange
from ifn.connections.opportunities.indexing import take_off_list
from ifn.directory import numbers
from ifn.directory.actions.drafts import Sent, put_answers
from ifn.directory.actions.entering import AGAIN_WITHIN
from ifn.directory.models import Business
from ifn.vocabulary.models import Term

#: Drawing a number that is taken is rare; after this many tries the fault lies elsewhere.
_TRIES: Final = 20


class Posted(Exception):  # noqa: N818
    """It is no draft any more."""


@transaction.atomic
def begin(  # noqa: PLR0913  # whose, which way, of what kind, with which first words
    business: Business,
    *,
    direction: str,
    kind: str,
    answers: Sent | None = None,
    actor: User,
    at: datetime,
    is_demo: bool = False,
) -> Opportunity:
    """Begin a draft that only the business's people see; sent twice, begun once.

    ``answers`` are what the steps show at the beginning, such as a list that was pasted.

    Raises:
        WrongWay: Something of this kind cannot go this way.

    """
    # Two requests of one person wait for each other here; on SQLite transactions do so anyway.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    term = kind_going(direction, kind)
    if begun := _begun_just_now(business, direction, term, answers, actor, at):
        return begun
    opportunity = insert(
        Opportunity(
            business=business,
            direction=direction,
            kind=term,
            created_by=actor,
            created_at=at,
            changed_at=at,
            since=at,
            is_demo=is_demo,
        )
    )
    StateChange.objects.create(
        opportunity=opportunity, state=opportunity.state, at=at, person=actor
    )
    OpportunityDraft.objects.create(
        opportunity=opportunity,
        person=actor,
        version=opportunity.version,
        data={name: list(values) for name, values in (answers or {}).items()},
        begun_at=at,
        saved_at=at,
    )
    record("connections.opportunity.begun", opportunity, actor=actor, at=at)
    return opportunity


def _begun_just_now(  # the same six facts
    business: Business,
    direction: str,
    kind: Term,
    answers: Sent | None,
    actor: User,
    at: datetime,
) -> Opportunity | None:
    """Return what a form sent a moment ago has begun, as long as nobody wrote anything into it."""
    drafts = OpportunityDraft.objects.filter(
        person=actor,
        opportunity__business=business,
        opportunity__direction=direction,
        opportunity__kind=kind,
        opportunity__state=Opportunity.State.DRAFT,
        begun_at__gte=at - AGAIN_WITHIN,
    )
    wanted = {name: list(values) for name, values in (answers or {}).items()}
    same = (one for one in drafts.select_related("opportunity") if one.data == wanted)
    found = next(same, None)
    return found.opportunity if found else None


@transaction.atomic
def change_kind(
    opportunity: Opportunity, *, direction: str, kind: str, actor: User, at: datetime
) -> None:
    """Let a draft go another way, or be of another kind; what was entered in its steps stays.

    Raises:
        Posted: Others may have seen it as it is.
        WrongWay: Something of this kind cannot go this way.

    """
    opportunity = lock(opportunity)
    if opportunity.state != Opportunity.State.DRAFT:
        raise Posted
    term = kind_going(direction, kind)
    if (opportunity.direction, opportunity.kind_id) == (direction, term.pk):
        return
    opportunity.direction, opportunity.kind, opportunity.changed_at = direction, term, at
    opportunity.save(update_fields=["direction", "kind", "changed_at"])
    record("connections.opportunity.kind", opportunity, actor=actor, at=at, kind=kind)


def insert(opportunity: Opportunity) -> Opportunity:
    """Store a new opportunity under a number that no other has."""
    for _try in range(_TRIES):
        opportunity.number = numbers.draw()
        try:
            with transaction.atomic():
                opportunity.save(force_insert=True)
        except IntegrityError:
            if not Opportunity.objects.filter(number=opportunity.number).exists():
                raise
        else:
            return opportunity
    raise RuntimeError("No free number was drawn.")


@transaction.atomic
def open_draft(opportunity: Opportunity, *, person: User, at: datetime) -> OpportunityDraft:
    """Return this person's draft of an opportunity, begun now when there is none."""
    draft, _is_new = OpportunityDraft.objects.get_or_create(
        opportunity=opportunity,
        person=person,
        defaults={"version": opportunity.version, "begun_at": at, "saved_at": at},
    )
    return draft


def save_answers(
    opportunity: Opportunity, sent: Sent, *, fields: Iterable[str], person: User, at: datetime
) -> None:
    """Keep what was sent for these fields of a step, right or wrong; others stay as they are.

    A field that was not sent, such as an unticked box, is kept as empty.
    """
    of, names = OpportunityDraft._meta.get_field("opportunity"), list(fields)
    while not put_answers(of, opportunity.pk, sent, fields=names, person=person, at=at):
        open_draft(opportunity, person=person, at=at)


@transaction.atomic
def discard_draft(opportunity: Opportunity, *, actor: User, at: datetime) -> bool:
    """Throw away what this person has not posted; say whether the whole opportunity went with it.

    What was never posted goes, with its pictures and files, when nobody else is writing it.
    """
    opportunity = lock(opportunity)
    OpportunityDraft.objects.filter(opportunity=opportunity, person=actor).delete()
    is_empty = not OpportunityDraft.objects.filter(opportunity=opportunity).exists()
    if opportunity.state != Opportunity.State.DRAFT or not is_empty:
        return False
    record("connections.opportunity.discarded", opportunity, actor=actor, at=at)
    take_off_list([opportunity.pk])
    remove_files(list(Attachment.objects.filter(opportunity=opportunity)))
    opportunity.delete()
    return True
