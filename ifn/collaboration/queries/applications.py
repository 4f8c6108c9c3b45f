"""Applications and invitations: of a call, of a person's firms, and whether conditions are met."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import F, OuterRef, QuerySet, Subquery

from ifn.collaboration.calling.conditions import Asked, Checked, Known, check
from ifn.collaboration.models import (
    Application,
    ApplicationStep,
    Call,
    CallRole,
    CallTerms,
    Invitation,
)
from ifn.directory.models import Business, Capability, Certificate
from ifn.vocabulary.queries import lexicon

_VOCABULARIES: Final = {"value_chain_role": "roles", "process": "processes"}
#: In which states new terms are to be accepted: chosen ones accepted them before.
_PENDING: Final = (Application.State.SUBMITTED, Application.State.ELIGIBLE)


def of_call(call: Call) -> QuerySet[Application]:
    """Return the applications to a call, the first first, with firm and role."""
    found = Application.objects.filter(call=call).select_related("business", "wanted", "terms")
    return found.order_by("applied_at", "pk")


def listed_of(call: Call) -> QuerySet[Application]:
    """Return the applications to a call with what a list shows of them, the first first."""
    found = Application.objects.filter(call=call).select_related("business", "wanted")
    return found.only(*_LISTED).order_by("applied_at", "pk")


_LISTED: Final = (
    *("state", "reason", "applied_at", "terms", "business__name", "business__region"),
    *("wanted__role", "wanted__for_chain_roles", "wanted__for_processes"),
    *("wanted__for_certificates", "wanted__for_regions"),
)


def application_with(pk: int) -> Application | None:
    """Return an application with everything its page shows."""
    found = Application.objects.select_related(
        "call__business", "business__merged_into", "wanted", "terms", "person"
    )
    return found.filter(pk=pk).first()


def of_firms(firms: Sequence[int]) -> QuerySet[Application]:
    """Return the applications of some businesses, the latest first."""
    found = Application.objects.filter(business__in=firms)
    found = found.select_related("call", "business", "wanted", "terms")
    return found.annotate(newest_terms=_newest_terms()).order_by("-applied_at", "-pk")


def invitations_of_firms(firms: Sequence[int]) -> QuerySet[Invitation]:
    """Return the invitations of some businesses that wait for an answer, the latest first."""
    found = Invitation.objects.filter(business__in=firms, state=Invitation.State.SENT)
    found = found.filter(wanted__call__state=Call.State.OPEN)
    return found.select_related("wanted__call", "business").order_by("-invited_at", "-pk")


def invitation_with(pk: int) -> Invitation | None:
    """Return an invitation with its call and firm."""
    return Invitation.objects.select_related("wanted__call", "business").filter(pk=pk).first()


def invited_to(wanted: CallRole) -> list[Invitation]:
    """Return who was invited for a role, the latest first."""
    found = Invitation.objects.filter(wanted=wanted).select_related("business")
    return list(found.order_by("-invited_at", "-pk"))


def with_old_terms(found: QuerySet[Application]) -> QuerySet[Application]:
    """Return those that wait for a decision and accepted terms that were changed since."""
    newer = found.annotate(newest=_newest_terms()).exclude(terms__number=F("newest"))
    return newer.filter(state__in=_PENDING)


def _newest_terms() -> Subquery:
    newest = CallTerms.objects.filter(call=OuterRef("call")).order_by("-number")
    return Subquery(newest.values("number")[:1])


def steps_of(application: Application) -> list[ApplicationStep]:
    """Return what happened to an application, the latest first."""
    found = ApplicationStep.objects.filter(application=application).select_related("person")
    return list(found.order_by("-at", "-pk"))


def asked_by(wanted: CallRole) -> Asked:
    """Return the conditions of a role."""
    return Asked(
        roles=tuple(wanted.for_chain_roles),
        processes=tuple(wanted.for_processes),
        certificates=tuple(wanted.for_certificates),
        regions=tuple(wanted.for_regions),
    )


def checked(applications: Iterable[Application], on: date) -> dict[int, tuple[Checked, ...]]:
    """Return the conditions of each application, met or not; a fixed number of queries."""
    every = list(applications)
    known = known_of([one.business for one in every])
    return {one.pk: check(asked_by(one.wanted), known[one.business_id], on) for one in every}


def known_of(firms: Sequence[Business]) -> dict[int, Known]:
    """Return what profiles say that conditions ask for, by their keys; two queries."""
    keys, words = [one.pk for one in firms], lexicon()
    said: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    held: defaultdict[int, dict[str, date | None]] = defaultdict(dict)
    capabilities = Capability.objects.filter(business__in=keys)
    for firm, term in capabilities.values_list("business", "term"):
        word = words.by_pk(term)
        if word and word.vocabulary in _VOCABULARIES:
            above = words.ancestors(word.vocabulary, word.code)
            said[firm][_VOCABULARIES[word.vocabulary]] |= {word.code, *(one.code for one in above)}
    certificates = Certificate.objects.filter(business__in=keys).order_by("pk")
    for firm, term, last in certificates.values_list("business", "term", "expires_on"):
        word = words.by_pk(term)
        for one in (word, *words.ancestors(word.vocabulary, word.code)) if word else ():
            held[firm][one.code] = _later(held[firm].get(one.code, last), last)
    return {
        one.pk: Known(
            roles=frozenset(said[one.pk]["roles"]),
            processes=frozenset(said[one.pk]["processes"]),
            certificates=held[one.pk],
            region=one.region_id or "",
        )
        for one in firms
    }


def _later(one: date | None, other: date | None) -> date | None:
    """Return the later of two last days; nothing is no end."""
    return None if one is None or other is None else max(one, other)
