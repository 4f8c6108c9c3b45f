"""Questions about requests, breaches, and what a person agreed to."""

from django.db.models import F, QuerySet

from ifn.accounts.models import Consent, User
from ifn.directory.models import Business, Membership
from ifn.privacy.models import Breach, DataRequest, Export


def requests(*, state: str = "", kind: str = "") -> QuerySet[DataRequest]:
    """Return requests, those due first first; ``state`` is "open", "ended" or one of theirs."""
    found = DataRequest.objects.select_related("business", "person")
    if state == "open":
        found = found.filter(ended_at=None)
    elif state == "ended":
        found = found.filter(ended_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by(F("ended_at").desc(nulls_first=True), "due_at", "pk")


def requests_of(person: User) -> QuerySet[DataRequest]:
    """Return what a person asked, the newest first."""
    return DataRequest.objects.filter(person=person).order_by("-received_at", "-pk")


def breaches() -> QuerySet[Breach]:
    """Return breaches, open ones first, then the newest."""
    return Breach.objects.order_by(F("closed_at").desc(nulls_first=True), "-noticed_at", "-pk")


def consents_about(person: User) -> list[Consent]:
    """Return what a person agreed to, and what was agreed for businesses they own."""
    owned = Membership.objects.filter(person=person, role=Membership.Role.OWNER)
    numbers = list(owned.values_list("business__number", flat=True))
    own = Consent.objects.filter(person=person) | Consent.objects.filter(profile__in=numbers)
    return list(
        own.distinct().select_related("person", "withdrawn_by").order_by("-given_at", "-pk")
    )


def names_of(consents: list[Consent]) -> dict[str, str]:
    """Return the names of the profiles that consents are about, by number."""
    numbers = {one.profile for one in consents if one.profile}
    return dict(Business.objects.filter(number__in=numbers).values_list("number", "name"))


def exports_of(person: User) -> QuerySet[Export]:
    """Return a person's copies, the newest first."""
    return Export.objects.filter(person=person).order_by("-asked_at", "-pk")
