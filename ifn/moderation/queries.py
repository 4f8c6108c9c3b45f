"""Questions about claims and reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from ifn.accounts.models import User
from ifn.directory.models import Business, Contact, Merge, Twins
from ifn.directory.models.membership import digest_of
from ifn.moderation.models import Claim, ClaimCode, ClaimLink, ClaimNote, Report, SavedFilter
from ifn.moderation.models.claims import MOST_TRIES, OPEN
from ifn.prepared import Prepared, Slot

#: What a code can be sent to; mobile numbers begin with ``MOBILE``.
SENDABLE = (Contact.Kind.EMAIL, Contact.Kind.WHATSAPP, Contact.Kind.PHONE)
MOBILE, HERE = "+628", "+62"
_CLAIMED = ("business__number", "business__name")


@dataclass(frozen=True, slots=True)
class Way:
    """A contact on a profile that a code can go to, told without giving it away."""

    pk: int
    is_email: bool
    hint: str


def masked(kind: str, value: str) -> str:
    """Return so much of a contact that its owner knows which is meant, and nobody can use it."""
    if kind == Contact.Kind.EMAIL:
        return f"{value[:1]}…@…"
    return f"{HERE if value.startswith(HERE) else '+'} … {value[-2:]}"


def ways_to(business: Business) -> list[Way]:
    """Return the contacts of a profile that a code can go to, whoever may see them.

    Its numbers are one way together: the officer who writes to them sees which one answers.
    """
    ways: dict[object, Way] = {}
    for one in _sendable(business):
        is_email = one.kind == Contact.Kind.EMAIL
        hint = masked(one.kind, one.value)
        key = one.pk if is_email else None
        before = ways.get(key)
        if before is None:
            ways[key] = Way(one.pk, is_email, hint)
        elif hint not in before.hint:
            ways[key] = Way(before.pk, is_email, f"{before.hint} / {hint}")
    return list(ways.values())


def contact_for(business: Business, pk: int) -> Contact | None:
    """Return the contact of a profile that was chosen, if a code can go to it."""
    return next((one for one in _sendable(business) if one.pk == pk), None)


def phones_of(business: Business) -> list[str]:
    """Return the mobile numbers on a profile, for an officer to write to."""
    return [one.value for one in _sendable(business) if one.kind != Contact.Kind.EMAIL]


def _sendable(business: Business) -> list[Contact]:
    # Whoever lost the profile may have written their own address into it: then an officer looks.
    if Claim.objects.filter(business=business, state=Claim.State.REVOKED).exists():
        return []
    found = Contact.objects.filter(business=business, kind__in=SENDABLE)
    chosen: dict[str, Contact] = {}
    for one in found.order_by("position", "pk"):
        if one.kind != Contact.Kind.PHONE or one.value.startswith(MOBILE):
            chosen.setdefault(one.value, one)  # WhatsApp and phone are often one number
    return list(chosen.values())


def open_claim(business: Business, person: User | AnonymousUser) -> Claim | None:
    """Return what this person claims of a profile and is not decided."""
    return _claims(person).filter(business=business, state__in=OPEN).first()


def last_claim(business: Business, person: User | AnonymousUser) -> Claim | None:
    """Return this person's newest claim of a profile, decided or not."""
    return _claims(person).filter(business=business).first()


def claims_of(person: User) -> list[Claim]:
    """Return a person's claims as a list shows them, the newest first; one query however many."""
    return _CLAIMS.objects(person=person.pk)


_CLAIMS: Final = Prepared(
    lambda: (
        Claim.objects.filter(person=Slot("person"))
        .select_related("business")
        .only("state", "since", *_CLAIMED)
        .order_by("-begun_at", "-pk")
    )
)


def _claims(person: User | AnonymousUser) -> QuerySet[Claim]:
    found = Claim.objects.select_related("business", "person").order_by("-begun_at", "-pk")
    return found.filter(person=person.pk)


def has_code(claim: Claim, *, at: datetime) -> bool:
    """Say whether a code was sent for a claim that still counts."""
    found = ClaimCode.objects.filter(claim=claim, expires_at__gt=at, tries__lt=MOST_TRIES)
    return found.exists()


def said_about(claim: Claim, *, to_claimant: bool) -> list[ClaimNote]:
    """Return what was written about a claim in order; the claimant sees nothing internal."""
    found = ClaimNote.objects.filter(claim=claim).select_related("author")
    if to_claimant:
        found = found.exclude(kind=ClaimNote.Kind.INTERNAL)
    return list(found.order_by("written_at", "pk"))


def rivals(claim: Claim) -> list[Claim]:
    """Return what others claim of the same profile and is not decided."""
    found = Claim.objects.filter(business=claim.business_id, state__in=OPEN)
    return list(found.exclude(pk=claim.pk).select_related("person").order_by("begun_at", "pk"))


def claim_link_of(token: str) -> ClaimLink | None:
    """Return the link that a token stands for, over or not."""
    return ClaimLink.objects.select_related("business").filter(digest=digest_of(token)).first()


def open_links(business: Business, *, at: datetime) -> list[ClaimLink]:
    """Return the links of a profile that still open, the newest first."""
    return list(
        ClaimLink.objects.filter(
            business=business, used_at=None, withdrawn_at=None, expires_at__gt=at
        ).order_by("-made_at", "-pk")
    )


def reports_about(business: Business, *, but: Report) -> list[Report]:
    """Return the other reports about a profile, the newest first."""
    found = Report.objects.filter(business=business).exclude(pk=but.pk)
    return list(found.order_by("-made_at", "-pk")[:10])


def saved_filters(person: User) -> list[SavedFilter]:
    """Return the filters a person keeps and those colleagues share, by name."""
    return _FILTERS.objects(person=person.pk)


_FILTERS: Final = Prepared(
    lambda: (
        SavedFilter.objects.filter(
            Q(person=Slot("person")) | Q(is_shared=True, person__is_active=True)
        )
        .select_related("person")
        .only("name", "query", "is_shared", "person__name")
        .order_by("name", "pk")
    )
)


def standing_merge(pair: Twins) -> Merge | None:
    """Return the merge that made two profiles one, if one stands."""
    both = [pair.left_id, pair.right_id]
    found = Merge.objects.select_related("kept", "gone", "merged_by")
    return found.filter(kept__in=both, gone__in=both, undone_at=None).first()


def merged_pairs() -> QuerySet[Twins]:
    """Return the pairs that were merged, the last first."""
    found = Twins.objects.filter(verdict=Twins.Verdict.SAME)
    return found.select_related("left", "right", "decided_by").order_by("-decided_at", "-pk")
