"""What is known of those who registered for a batch, and whom the rule proposes.

A fixed number of queries, however many registered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from ifn.directory.models import Business, Capability, Contact
from ifn.programmes.choosing import Benefit, Candidate, Ranked, Same, Unmet, propose
from ifn.programmes.models import Attendance, Batch, Registration
from ifn.programmes.queries.needs import Needs, needs_of
from ifn.regions.containing import lies_in
from ifn.vocabulary.queries import lexicon

_REACHES = (Contact.Kind.PHONE, Contact.Kind.WHATSAPP)
_VOCABULARIES = {"role": "value_chain_role", "process": "process"}


def proposal(batch: Batch) -> dict[int, Ranked]:
    """Return whom the rule proposes, by the keys of registrations, in order.

    Everybody counts who is not refused, withdrawn or replaced; those who have a seat keep their
    place in the order, so that the proposal does not change while it is followed.
    """
    found = Registration.objects.filter(batch=batch).exclude(state__in=Registration.GONE)
    rows = list(found.select_related("business").order_by("registered_at", "pk"))
    ranked = propose(candidates(batch, rows), batch.rule, seats=batch.quota)
    return {one.candidate.key: one for one in ranked}


def candidates(batch: Batch, rows: Sequence[Registration]) -> list[Candidate]:
    """Return what the rule looks at, of each registration."""
    needs = needs_of(batch, [one.business_id for one in rows])
    benefits = benefits_of(batch, rows)
    skills = skills_of(batch, [one.business_id for one in rows])
    return [
        Candidate(
            key=one.pk,
            name=one.business.name,
            region=one.business.region_id or "",
            registered_at=one.registered_at,
            need=needs[one.business_id].overall if one.business_id in needs else None,
            needs=needs[one.business_id].by_dimension if one.business_id in needs else {},
            women=one.is_women_owned,
            youth=one.is_youth_owned,
            earlier=tuple(benefits[one.pk]),
            unmet=tuple(
                _unmet(batch, one.business, skills[one.business_id], benefits[one.pk], needs)
            ),
        )
        for one in rows
    ]


def unmet_by(batch: Batch, registration: Registration) -> tuple[Unmet, ...]:
    """Return which conditions of a batch one registration does not meet."""
    [one] = candidates(batch, [registration])
    return one.unmet


def _unmet(
    batch: Batch,
    business: Business,
    skills: Mapping[str, set[str]],
    earlier: Iterable[Benefit],
    needs: Mapping[int, Needs],
) -> list[Unmet]:
    last = batch.starts_on - timedelta(days=365 * batch.repeat_years)
    fails = {
        Unmet.ROLE: batch.for_roles and not skills["role"] & set(batch.for_roles),
        Unmet.PROCESS: batch.for_processes and not skills["process"] & set(batch.for_processes),
        Unmet.REGION: not is_for_region(batch, business.region_id),
        Unmet.ASSESSED: batch.needs_assessment and business.pk not in needs,
        Unmet.COMPLETENESS: business.completeness < batch.least_completeness,
        Unmet.REPEATED: any(one.is_same_topic and one.ended_on > last for one in earlier),
    }
    return [unmet for unmet, failed in fails.items() if failed]


def is_for_region(batch: Batch, region: str | None) -> bool:
    """Say whether a batch is for firms of a region; for all where it names none."""
    return not batch.for_regions or lies_in(region, batch.for_regions)


def skills_of(batch: Batch, firms: Sequence[int]) -> dict[int, dict[str, set[str]]]:
    """Return the codes of roles and processes of each firm, with what stands above them."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"role": set(), "process": set()})
    if not (batch.for_roles or batch.for_processes):
        return found
    words = lexicon()
    held = Capability.objects.filter(business__in=firms)
    for firm, term in held.values_list("business", "term"):
        word = words.by_pk(term)
        for kind, vocabulary in _VOCABULARIES.items():
            if word and word.vocabulary == vocabulary:
                above = words.ancestors(vocabulary, word.code)
                found[firm][kind] |= {word.code, *(one.code for one in above)}
    return found


@dataclass(frozen=True, slots=True)
class _Keys:
    """By what a firm is known again."""

    firm: int
    nib: str
    phones: frozenset[str]


def benefits_of(batch: Batch, rows: Sequence[Registration]) -> dict[int, list[Benefit]]:
    """Return the earlier batches in which each took part, or who is taken for the same.

    The same firm, one merged into it, one with the same NIB, or with the same phone number. Whoever
    had a seat and never came did not take part.
    """
    ids = [one.business_id for one in rows]
    phones = _phones(ids)
    keys = {
        one.pk: _Keys(
            one.business_id,
            one.business.nib,
            frozenset({*phones[one.business_id], *filter(None, [one.phone])}),
        )
        for one in rows
    }
    past = list(_past(batch, keys.values()))
    past_phones = _phones([one.business_id for one in past])
    found: dict[int, list[Benefit]] = {key: [] for key in keys}
    for key, known in keys.items():
        for one in past:
            same = _same(known, one, {*past_phones[one.business_id], one.phone})
            if same:
                found[key].append(_benefit(batch, one, same))
    return found


def _past(batch: Batch, keys: Iterable[_Keys]) -> Any:
    known = list(keys)
    firms = [one.firm for one in known]
    phones = sorted({phone for one in known for phone in one.phones})
    nibs = sorted({one.nib for one in known} - {""})
    reached = Contact.objects.filter(
        business=OuterRef("business"), kind__in=_REACHES, value__in=phones
    )
    came = Attendance.objects.filter(registration=OuterRef("pk"))
    anybody = Attendance.objects.filter(session__batch=OuterRef("batch"))
    rows = Registration.objects.filter(
        Q(business__in=firms)
        | Q(business__merged_into__in=firms)
        | Q(business__nib__in=nibs)
        | Q(phone__in=phones)
        | Exists(reached),
        Exists(came) | ~Exists(anybody),
        state=Registration.State.ACCEPTED,
        batch__state__in=[Batch.State.RUNNING, Batch.State.COMPLETED],
    )
    return rows.exclude(batch=batch).select_related("batch", "business").order_by("pk")


def _phones(firms: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    held = Contact.objects.filter(business__in=firms, kind__in=_REACHES)
    for firm, value in held.values_list("business", "value"):
        found[firm].add(value)
    return found


def _same(known: _Keys, past: Registration, phones: set[str]) -> Same | None:
    if past.business_id == known.firm:
        return Same.FIRM
    if past.business.merged_into_id == known.firm:
        return Same.MERGED
    if known.nib and past.business.nib == known.nib:
        return Same.NIB
    return Same.PHONE if (phones - {""}) & known.phones else None


def _benefit(batch: Batch, past: Registration, same: Same) -> Benefit:
    other = past.batch
    topics = {batch.topic.strip().casefold(), other.topic.strip().casefold()}
    return Benefit(
        code=other.code,
        title=other.title,
        ended_on=other.ends_on,
        same=same,
        is_same_topic=bool(set(batch.dimensions) & set(other.dimensions))
        or (len(topics) == 1 and topics != {""}),
    )


def as_json(one: Ranked | None) -> dict[str, Any]:
    """Return what is kept of a proposal beside the decision about it."""
    if one is None:
        return {}
    return {
        "place": one.place,
        "verdict": one.verdict.value,
        "total": one.total,
        "points": {point.criterion.value: point.points for point in one.points},
        "weights": {point.criterion.value: point.weight for point in one.points},
        "unmet": [unmet.value for unmet in one.candidate.unmet],
    }
