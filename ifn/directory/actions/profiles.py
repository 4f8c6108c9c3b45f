"""What happens to one profile: registered, revised, confirmed, hidden, listed again."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import numbers
from ifn.directory.actions.consenting import INVENTED, Consenting, allowed, settled
from ifn.directory.actions.rows import save_rows, term_keys
from ifn.directory.completeness import percent
from ifn.directory.indexing import put_in_lists, take_off_lists
from ifn.directory.models import Attribution, Business, Revision, Source
from ifn.directory.profile import COLUMNS, IN_ROWS, Profile, changed_fields
from ifn.directory.provenance import stated_fields
from ifn.directory.queries import pictures_of, profile_of
from ifn.directory.serial import to_json
from ifn.directory.whole import Whole, whole

#: Drawing a number that is taken is rare; after this many tries the fault lies elsewhere.
TRIES = 20


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed the profile after this person had opened it."""


class MergedMeanwhile(PermissionDenied):
    """The profile was merged into another one; what was meant for it is for that one to take."""


def source_named(kind: str, label: str) -> Source:
    """Return the source of that kind and name, made when it is new."""
    return Source.objects.get_or_create(kind=kind, label=label[:200])[0]


@transaction.atomic
def register(  # noqa: PLR0913  # each is a fact of the entry itself
    profile: Profile,
    *,
    source: Source,
    stated_on: date,
    actor: User | None,
    at: datetime,
    status: str = Business.Status.LISTED,
    is_demo: bool = False,
    consenting: Consenting | None = None,
) -> Business:
    """Enter a new profile and return it with its permanent number.

    Contacts that ``consenting`` does not say anybody agreed to show are kept hidden.

    Raises:
        UnknownTerm: A capability or certificate is in no vocabulary.
        IntegrityError: A value that must never be, such as a point outside Indonesia.

    """
    terms = term_keys(profile)
    consenting = INVENTED if is_demo else consenting
    profile = allowed(profile, consenting)
    business = _insert(
        Business(
            **_columns(profile),
            slug=slug_for(profile.name),
            status=status,
            is_demo=is_demo,
            created_at=at,
            updated_at=at,
            confirmed_on=confirmed_by(source, stated_on),
            completeness=percent(profile, pictures=0),
        )
    )
    profile = settled(business, profile, consenting, actor=actor, at=at)
    save_rows(business, profile, terms)
    _attribute(business, [Attribution.WHOLE], source, stated_on)
    put_in_lists(business, profile, [])
    record(
        "directory.business.registered",
        business,
        actor=actor,
        at=at,
        after={"name": profile.name, "status": status, "region": profile.region},
        source=str(source),
    )
    return business


@transaction.atomic
def revise(  # noqa: PLR0913  # each is a fact of the change itself
    business: Business,
    profile: Profile,
    *,
    version: int,
    source: Source,
    stated_on: date,
    actor: User | None,
    at: datetime,
    reason: str = "",
    consenting: Consenting | None = None,
) -> Business:
    """Replace what is stated about a business; only changed fields get the new source and date.

    The same facts sent a second time change nothing. Contacts to be shown that nobody agreed to
    show, now by ``consenting`` or before, are kept hidden.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest and the facts differ; nothing was written.
        UnknownTerm: A capability or certificate is in no vocabulary.
        Business.DoesNotExist: It was removed meanwhile.

    """
    lock(business)
    known, pictures = whole(business), pictures_of(business)
    before = known.profile
    consenting = INVENTED if business.is_demo else consenting
    profile = allowed(profile, consenting, business)
    before_on = business.confirmed_on
    changed = changed_fields(before, profile)
    if business.version != version:
        if changed:
            raise ChangedMeanwhile
        return business
    confirmed = [confirmed_by(source, stated_on), business.confirmed_on]
    if changed:
        _keep_for_undoing(business, known, version=version + 1, actor=actor, at=at)
    if "contacts" in changed:
        profile = settled(business, profile, consenting, actor=actor, at=at)
    replace_facts(
        business,
        profile,
        changed,
        version=version + 1,
        confirmed_on=max(filter(None, confirmed), default=None),
        at=at if changed else business.updated_at,
    )
    stated = stated_fields(profile)
    _attribute(business, [name for name in changed if name in stated], source, stated_on)
    Attribution.objects.filter(
        business=business, field__in=[name for name in changed if name not in stated]
    ).delete()
    put_in_lists(business, profile, pictures)
    record(
        "directory.business.revised",
        business,
        actor=actor,
        at=at,
        reason=reason,
        before=audited(before, changed),
        after=audited(profile, changed),
        source=str(source),
        **({"confirmed_on": business.confirmed_on} if business.confirmed_on != before_on else {}),
    )
    return business


@transaction.atomic
def hide(business: Business, *, reason: str, actor: User, at: datetime) -> None:
    """Take a profile off every public page; it is gone for searches at once."""
    if _set_status(business, Business.Status.HIDDEN, reason=reason, actor=actor, at=at):
        take_off_lists([business.pk])


@transaction.atomic
def list_again(business: Business, *, actor: User | None, at: datetime) -> None:
    """Show a draft or hidden profile to everybody."""
    if _set_status(business, Business.Status.LISTED, reason="", actor=actor, at=at):
        put_in_lists(business, profile_of(business), pictures_of(business))


def lock(business: Business) -> None:
    """Bring a profile's columns up to date and let nobody else change it until the end.

    Raises:
        Business.DoesNotExist: It was removed meanwhile.
        MergedMeanwhile: Another profile stands for it by now; nobody changes it any more.

    """
    business.refresh_from_db(from_queryset=Business.objects.select_for_update())
    if business.status == Business.Status.MERGED:
        raise MergedMeanwhile


def _set_status(
    business: Business, status: str, *, reason: str, actor: User | None, at: datetime
) -> bool:
    """Change the status and say whether it was another before; asked twice it is done once."""
    lock(business)
    before = business.status
    if before == status:
        return False
    business.status, business.updated_at = status, at
    business.version += 1
    business.save(update_fields=["status", "updated_at", "version"])
    record(
        f"directory.business.{status}",
        business,
        actor=actor,
        at=at,
        reason=reason,
        before={"status": before},
        after={"status": status},
    )
    return True


def confirmed_by(source: Source, stated_on: date) -> date | None:
    """Return when a source confirmed what it states; a published list confirms nothing."""
    return None if source.kind == Source.Kind.LIST else stated_on


def slug_for(name: str) -> str:
    """Return the readable part of a profile's address."""
    return slugify(name)[:60].strip("-") or "profil"


def _columns(profile: Profile) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in COLUMNS if name != "region"}
    return values | {"region_id": profile.region or None}


def _insert(business: Business) -> Business:
    for tried in range(TRIES):
        # Where short numbers get scarce, longer ones are drawn.
        length = numbers.BODY if tried < TRIES // 2 else numbers.BODY + 1
        business.number = numbers.draw(length=length)
        try:
            with transaction.atomic():
                business.save(force_insert=True)
        except IntegrityError:
            if not Business.objects.filter(number=business.number).exists():
                raise
        else:
            return business
    raise IntegrityError("No free public number was found.")


def replace_facts(  # the facts, and what stands beside them
    business: Business,
    profile: Profile,
    changed: list[str],
    *,
    version: int,
    confirmed_on: date | None,
    at: datetime,
) -> None:
    """Store a profile's facts in place of those before; call it when locked.

    Raises:
        UnknownTerm: A capability or certificate is in no vocabulary.

    """
    terms = term_keys(profile)
    Business.objects.filter(pk=business.pk).update(
        **_columns(profile),
        slug=slug_for(profile.name),
        version=version,
        updated_at=at,
        confirmed_on=confirmed_on,
        completeness=percent(profile, pictures=len(pictures_of(business))),
    )
    in_rows = set(changed) & IN_ROWS
    for name in in_rows:
        getattr(business, name).all().delete()
    save_rows(business, profile, terms, only=in_rows)
    business.refresh_from_db()


def _keep_for_undoing(
    business: Business, known: Whole, *, version: int, actor: User | None, at: datetime
) -> None:
    Revision.objects.update_or_create(
        business=business,
        defaults={
            "version": version,
            "person": actor,
            "made_at": at,
            "profile": to_json(known.profile),
            "attributions": {
                one.field: [one.source, one.stated_on.isoformat()] for one in known.statements
            },
            "confirmed_on": business.confirmed_on,
        },
    )


def _attribute(business: Business, names: list[str], source: Source, stated_on: date) -> None:
    Attribution.objects.bulk_create(
        [
            Attribution(business=business, field=name, source=source, stated_on=stated_on)
            for name in names
        ],
        update_conflicts=True,
        unique_fields=["business", "field"],
        update_fields=["source", "stated_on"],
    )


def audited(profile: Profile, names: list[str]) -> dict[str, Any]:
    """Return facts as the record keeps them."""
    return {
        name: [str(fact) for fact in value] if isinstance(value, tuple) else value
        for name in names
        for value in [getattr(profile, name)]
    }


def recount(business: Business, *, at: datetime) -> None:
    """Bring completeness and lists up to date after the pictures changed; call it when locked."""
    profile = profile_of(business)
    pictures = pictures_of(business)
    business.completeness = percent(profile, pictures=len(pictures))
    business.updated_at = at
    business.save(update_fields=["completeness", "updated_at"])
    put_in_lists(business, profile, pictures)
