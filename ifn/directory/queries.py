"""Questions about profiles that need more than one table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from ifn.accounts.models import Consent, User
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business, Draft, Invitation, Membership, Picture, Verification
from ifn.directory.models.membership import digest_of
from ifn.directory.prepared import moment
from ifn.directory.profile import Profile
from ifn.directory.search.aging import aged
from ifn.directory.search.finding import Row, rows
from ifn.directory.serial import from_json
from ifn.directory.whole import whole
from ifn.prepared import Prepared, Slot
from ifn.regions.queries import all_regions
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import BY_DISTANCE, Near, Query, Sort

_BUSINESS_AND_ROLE: Final = """
SELECT b.*, m.role AS held_role
  FROM directory_business b
  LEFT JOIN directory_membership m ON m.business_id = b.id AND m.person_id = %s
 WHERE b.number = %s
"""
_MINE: Final = """
SELECT b.*, m.role AS held_role, CAST(d.saved_at AS text) AS saved
  FROM directory_membership m
  JOIN directory_business b ON b.id = m.business_id
  LEFT JOIN directory_draft d ON d.business_id = m.business_id AND d.person_id = m.person_id
 WHERE m.person_id = %s
 ORDER BY b.name, m.id
"""


def profile_of(business: Business) -> Profile:
    """Return everything stated about a business as plain values."""
    return whole(business).profile


def pictures_of(business: Business) -> list[Picture]:
    """Return the pictures of a business in the order its owner gave them."""
    return list(Picture.objects.filter(business=business).order_by("position", "pk"))


def standing_for(business: Business) -> Business:
    """Return the profile that stands for this one: itself, or what it was merged into."""
    while business.merged_into is not None:
        business = business.merged_into
    return business


def role_in(business: Business, user: User | AnonymousUser) -> str:
    """Return what a person is to a business (owner, editor, viewer), or nothing; a query if any."""
    if not isinstance(user, User) or not user.is_active:
        return ""
    return next(iter(_ROLE.column(business=business.pk, person=user.pk)), "")


_ROLE: Final = Prepared(
    lambda: Membership.objects.filter(business=Slot("business"), person=Slot("person")).values_list(
        "role"
    )
)


def business_and_role(number: str, user: User) -> tuple[Business, str] | None:
    """Return a business and what a person is to it, as ``role_in`` says; nothing without one.

    Every working page asks this first. Written out, it takes a third of the time.
    """
    found = Business.objects.raw(_BUSINESS_AND_ROLE, [user.pk, number])
    business = next(iter(found), None)
    if business is None:
        return None
    role: str | None = vars(business)["held_role"]
    return business, (role or "") if user.is_active else ""


def consents_of(business: Business) -> list[Consent]:
    """Return the consents with which contacts of a profile are shown, each with who gave it."""
    found = Consent.objects.standing().about_contacts().filter(profile=business.number)
    return list(found.select_related("person").order_by("field", "pk"))


def shows_outcomes(business: Business) -> Consent | None:
    """Return the consent with which everybody sees what a business agreed on, if it stands."""
    found = Consent.objects.standing().filter(
        profile=business.number, purpose=Consent.Purpose.OUTCOMES_PUBLIC
    )
    return found.select_related("person").first()


def merged_into(business: Business) -> tuple[Business, ...]:
    """Return the profiles that a business stands for since they were merged into it."""
    return tuple(Business.objects.filter(merged_into=business).order_by("pk"))


def draft_of(business: Business, user: User) -> Draft | None:
    """Return what this person has entered into the profile and not yet published."""
    return Draft.objects.filter(business=business, person=user).first()


def base_of(business: Business, user: User) -> Profile:
    """Return the profile as it was when this person began to change it: now, if they did not."""
    draft = draft_of(business, user)
    return from_json(draft.base) if draft else profile_of(business)


@dataclass(frozen=True, slots=True)
class Mine:
    """A business that a person looks after."""

    business: Business
    role: str
    #: When something was entered that is not published yet.
    saved_at: datetime | None


def businesses_of(user: User) -> list[Mine]:
    """Return the businesses a person looks after, by name; one query however many."""
    found = Business.objects.raw(_MINE, [user.pk])
    rows = ((one, vars(one)["held_role"], vars(one)["saved"]) for one in found)
    return [Mine(one, role, moment(saved) if saved else None) for one, role, saved in rows]


def members_of(business: Business) -> list[Membership]:
    """Return who looks after a business, owners first."""
    found = list(
        Membership.objects.filter(business=business)
        .select_related("person")
        .order_by("since", "pk")
    )
    order = list(Membership.Role.values)
    return sorted(found, key=lambda one: order.index(one.role))


def open_invitations(business: Business, *, at: datetime) -> list[Invitation]:
    """Return the invitations whose links still work, the newest first."""
    return list(
        Invitation.objects.filter(
            business=business, accepted_at=None, withdrawn_at=None, expires_at__gt=at
        ).order_by("-created_at", "-pk")
    )


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link's token stands for, over or not."""
    found = Invitation.objects.select_related("business", "invited_by")
    return found.filter(digest=digest_of(token)).first()


def verifications_of(business: Business) -> list[Verification]:
    """Return every check of a business, the newest first, with who made and who withdrew it."""
    return list(
        Verification.objects.filter(business=business)
        .select_related("verifier", "withdrawn_by")
        .order_by("-made_at", "-pk")
    )


def has_people(business: Business) -> bool:
    """Say whether anybody looks after a profile."""
    return Membership.objects.filter(
        business=business, role__in=[Membership.Role.OWNER, Membership.Role.EDITOR]
    ).exists()


def has_owner(business: Business) -> bool:
    """Say whether a profile has an owner, who alone may let others in."""
    return Membership.objects.filter(business=business, role=Membership.Role.OWNER).exists()


@dataclass(frozen=True, slots=True)
class Overview:
    """How much the directory holds: profiles, by link of the chain, and provinces with any."""

    total: int
    links: Mapping[str, int]
    provinces: int


def overview(today: date) -> Overview:
    """Return what the directory's usual list holds, from the index."""
    asked = aged(Query(limit=0, counts=("link", "province")), today)
    found = textsearch.search(COLLECTION, asked)
    return Overview(found.total, found.counts["link"], len(found.counts["province"]))


def newest(limit: int) -> list[Row]:
    """Return the profiles confirmed last."""
    sort = Sort("confirmed", descending=True)
    return rows(textsearch.search(COLLECTION, Query(sort=sort, limit=limit)).keys)


def similar(
    profile: Profile,
    pk: int,
    limit: int,
    today: date,
    *,
    as_of: tuple[int, int] | None = None,
) -> list[Row]:
    """Return profiles with a role in common, the nearest first; those that make the same, if any.

    Dormant ones are left out. Without a role, or when nobody shares one, it is the nearest of the
    same province. ``as_of`` is a state of the index that was asked for a moment ago.
    """
    place = all_regions().get(profile.region)
    near = Near(place.latitude, place.longitude) if place else None
    if profile.latitude is not None and profile.longitude is not None:
        near = Near(profile.latitude, profile.longitude)
    roles, products = _codes_of(profile, "value_chain_role"), _codes_of(profile, "product_type")
    for facets in (
        {"role": roles, "product": products},
        {"role": roles},
        {"province": [profile.region[:2]]},
    ):
        if not all(value for values in facets.values() for value in (values or [""])):
            continue
        query = Query(
            facets={group: frozenset(values) for group, values in facets.items()},
            near=near,
            sort=BY_DISTANCE if near else None,
            limit=limit + 1,
        )
        answer = textsearch.search(COLLECTION, aged(query, today), as_of=as_of)
        keys = [key for key in answer.keys if key != pk][:limit]
        if keys:
            return rows(tuple(keys))
    return []


def _codes_of(profile: Profile, vocabulary: str) -> list[str]:
    return [fact.code for fact in profile.capabilities if fact.vocabulary == vocabulary]


def firms_by_region() -> dict[str, int]:
    """Return how many firms count in each region, empty for those that name none."""
    found = Business.objects.counted().order_by()
    rows = found.values_list("region").annotate(total=Count("pk")).values_list("region", "total")
    return {region or "": total for region, total in rows}


def firms_named(
    words: str, within: Collection[str] | None = None, *, most: int = 20
) -> list[Business]:
    """Return the firms that count whose name has these words in it, or whose number this is.

    ``within`` are the regions of whoever asks; None asks everywhere. One query.
    """
    found = Business.objects.counted().named(words)
    if within is not None:
        found = found.in_regions(within)
    return list(found.order_by("name", "pk")[:most])
