"""A request comes in, is shown to be genuine, worked off step by step, and ends with a proof."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.accounts.queries import person_with
from ifn.audit.actions import record
from ifn.directory.models import Business, Contact, Membership
from ifn.directory.numbers import ALPHABET
from ifn.mail.actions import send_template
from ifn.privacy import tokens
from ifn.privacy.models import CLOCK, DataRequest, Note, Step
from ifn.privacy.steps import PLANS, steps_for
from ifn.privacy.subjects import subject_of

#: The same request within this time is one sent twice.
AGAIN_WITHIN: Final = timedelta(minutes=30)
State, Proven = DataRequest.State, DataRequest.Proven


class EndedMeanwhile(Exception):  # noqa: N818
    """The request was finished or refused already, perhaps by somebody else."""


class NotProven(Exception):  # noqa: N818
    """It was not shown yet that the request comes from whom it is about."""


class StepsOpen(Exception):  # noqa: N818
    """Something is still to be done."""


class WordsMissing(Exception):  # noqa: N818
    """What is done by hand, and every refusal, takes words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked for, and how to reach them."""

    kind: str
    way: str
    person: User | None = None
    business: Business | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    text: str = ""
    language: str = "id"


@transaction.atomic
def receive(asked: Asked, *, actor: User | None, at: datetime) -> DataRequest:
    """Keep a request and start its clock; sent twice it is kept once."""
    fields = {
        name: getattr(asked, name)
        for name in ("kind", "way", "person", "business", "email", "phone", "text")
    }
    same = DataRequest.objects.filter(
        **fields, received_at__gte=at - AGAIN_WITHIN, state__in=[State.UNPROVEN, State.OPEN]
    ).first()
    if same:
        return same
    request = DataRequest.objects.create(
        **fields,
        number=_number(),
        name=asked.name,
        language=asked.language,
        received_at=at,
        due_at=at + CLOCK,
    )
    record(
        "privacy.request.received",
        request,
        actor=actor,
        at=at,
        after={"kind": asked.kind, "way": asked.way, "due_at": request.due_at},
    )
    if asked.way == DataRequest.Way.ACCOUNT and _is_theirs(asked):
        _prove(request, Proven.ACCOUNT, actor=asked.person, at=at)
    elif asked.email:
        _ask_for_proof(request, at=at)
    return request


def _is_theirs(asked: Asked) -> bool:
    """Say whether being signed in shows enough: for a profile one must look after it."""
    return (
        asked.business is None
        or Membership.objects.filter(
            business=asked.business, person=asked.person, role=Membership.Role.OWNER
        ).exists()
    )


@transaction.atomic
def prove_by_link(pk: int, *, at: datetime) -> DataRequest:
    """Note that a link sent to the e-mail address was opened there.

    It proves the account of that address, or the profile that states it; for another profile an
    officer has to look closer.
    """
    request = DataRequest.objects.select_for_update().get(pk=pk)
    if request.state != State.UNPROVEN:
        return request
    is_stated = request.business_id is not None and (
        Contact.objects.filter(
            business=request.business, kind=Contact.Kind.EMAIL, value__iexact=request.email
        ).exists()
    )
    if request.business_id and not is_stated:
        if request.proven != Proven.EMAIL:
            request.proven = Proven.EMAIL
            request.save(update_fields=["proven"])
            record("privacy.request.address_proven", request, actor=None, at=at)
        return request
    if not request.business_id and not request.person_id:
        request.person = person_with(request.email)
    how = Proven.CONTACT if is_stated else Proven.EMAIL
    return _prove(request, how, actor=None, at=at)


@transaction.atomic
def prove_by_hand(request: DataRequest, *, words: str, actor: User, at: datetime) -> DataRequest:
    """Note that an officer checked who asks, and how.

    Raises:
        EndedMeanwhile: It is over.
        WordsMissing: It is not said how.

    """
    request = _locked(request)
    if not words.strip():
        raise WordsMissing
    if request.state == State.OPEN:
        return request
    Note.objects.create(request=request, text=words, author=actor, written_at=at)
    return _prove(request, Proven.OFFICER, actor=actor, at=at)


def _prove(
    request: DataRequest, how: DataRequest.Proven, *, actor: User | None, at: datetime
) -> DataRequest:
    request.state, request.proven = State.OPEN, how
    request.proven_at, request.proven_by = at, actor
    request.save(update_fields=["state", "proven", "proven_at", "proven_by", "person"])
    Step.objects.bulk_create(
        Step(request=request, key=plan.key, position=position)
        for position, plan in enumerate(steps_for(request.kind, subject_of(request)))
    )
    record("privacy.request.proven", request, actor=actor, at=at, how=how)
    return request


@transaction.atomic
def do_step(request: DataRequest, key: str, *, words: str = "", actor: User, at: datetime) -> Step:
    """Do one step, or note that it was done by hand; done before, it is done.

    Raises:
        EndedMeanwhile: The request is over.
        NotProven: Nothing is done before it is known who asks.
        LastAdministrator: The account to be erased is the only administrator's.
        StepsOpen: A step before it is not done; what is found by an address comes first.
        WordsMissing: A step by hand does not say what was done.

    """
    request = _locked(request)
    if request.state != State.OPEN:
        raise NotProven
    step = Step.objects.select_for_update().get(request=request, key=key)
    if step.done_at:
        return step
    if request.steps.filter(position__lt=step.position, done_at=None).exists():
        raise StepsOpen
    run = PLANS[key].run
    if run is None and not words.strip():
        raise WordsMissing
    step.count = run(subject_of(request), actor, at) if run else None
    step.done_at, step.done_by, step.note = at, actor, words[:400]
    step.save(update_fields=["count", "done_at", "done_by", "note"])
    record("privacy.request.step_done", request, actor=actor, at=at, step=key, rows=step.count)
    return step


@transaction.atomic
def write_note(
    request: DataRequest, text: str, *, is_message: bool, actor: User, at: datetime
) -> Note:
    """Keep a note, or write to whoever asked; without an e-mail address they read it on the page.

    Raises:
        WordsMissing: There is nothing in it.

    """
    if not text.strip():
        raise WordsMissing
    note = Note.objects.create(
        request=request, text=text, is_message=is_message, author=actor, written_at=at
    )
    record("privacy.request.noted", request, actor=actor, at=at, is_message=is_message)
    if is_message:
        _tell(request, text, at=at)
    return note


@transaction.atomic
def finish(request: DataRequest, *, actor: User, at: datetime) -> DataRequest:
    """End a request whose steps are all done and give whoever asked the proof.

    Raises:
        EndedMeanwhile: It is over already.
        NotProven: It is not known who asks.
        StepsOpen: Something is still to be done.

    """
    request = _locked(request)
    if request.state != State.OPEN:
        raise NotProven
    if request.steps.filter(done_at=None).exists():
        raise StepsOpen
    request.state, request.ended_at, request.ended_by = State.DONE, at, actor
    request.proof = _proof(request)
    request.digest = digest_of(request.proof)
    request.save(update_fields=["state", "ended_at", "ended_by", "proof", "digest"])
    record("privacy.request.done", request, actor=actor, at=at, digest=request.digest)
    _tell(request, "", at=at)
    return request


@transaction.atomic
def refuse(
    request: DataRequest, *, ground: str, reason: str, actor: User, at: datetime
) -> DataRequest:
    """Say no, with the legal ground and in words.

    Raises:
        EndedMeanwhile: It is over already.
        WordsMissing: The ground or the words are missing.

    """
    request = _locked(request)
    if ground not in DataRequest.Ground.values or not reason.strip():
        raise WordsMissing
    request.state, request.ended_at, request.ended_by = State.REFUSED, at, actor
    request.ground, request.reason = ground, reason
    request.save(update_fields=["state", "ended_at", "ended_by", "ground", "reason"])
    record("privacy.request.refused", request, actor=actor, at=at, ground=ground)
    _tell(request, reason, at=at)
    return request


def digest_of(proof: Any) -> str:
    """Return the digest by which a proof is known."""
    text = json.dumps(proof, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _proof(request: DataRequest) -> dict[str, Any]:
    return {
        "request": request.number,
        "kind": request.kind,
        "received_at": _moment(request.received_at),
        "due_at": _moment(request.due_at),
        "proven": request.proven,
        "ended_at": _moment(request.ended_at),
        "in_time": not (request.ended_at and request.is_late(request.ended_at)),
        "steps": [
            {
                "step": step.key,
                "done_at": _moment(step.done_at),
                "by": step.done_by.name if step.done_by else "",
                "rows": step.count,
            }
            for step in request.steps.select_related("done_by").order_by("position")
        ],
    }


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _locked(request: DataRequest) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not request.is_open:
        raise EndedMeanwhile
    return request


def _number() -> str:
    return "DP-" + "".join(secrets.choice(ALPHABET) for _ in range(7))


def follow_address(request: DataRequest) -> str:
    """Return the whole address under which whoever asked follows the request."""
    with translation.override(request.language):
        path = reverse("privacy:followed", args=[tokens.to_follow(request.pk)])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _ask_for_proof(request: DataRequest, *, at: datetime) -> None:
    with translation.override(request.language):
        path = reverse("privacy:prove", args=[tokens.to_prove(request.pk)])
        kind = str(request.get_kind_display())
    send_template(
        "privacy/mail/prove",
        {"asked": request, "kind": kind, "address": f"{settings.PUBLIC_ADDRESS}{path}"},
        request.language,
        to=request.email,
        kind="privacy.prove",
        at=at,
        key=f"privacy:prove:{request.pk}",
        is_secret=True,
    )


def _tell(request: DataRequest, text: str, *, at: datetime) -> None:
    to = request.email or (request.person.email if request.person else "")
    if not to or to.endswith(".invalid"):
        return
    with translation.override(request.language):
        kind, ground = str(request.get_kind_display()), str(request.get_ground_display())
    context = {
        "asked": request,
        "kind": kind,
        "ground": ground,
        "text": text,
        "address": follow_address(request),
    }
    send_template(
        "privacy/mail/news",
        context,
        request.language,
        to=to,
        kind="privacy.news",
        at=at,
        key=f"privacy:news:{request.pk}:{request.state}:{at.isoformat()}",
    )
