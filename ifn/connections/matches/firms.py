"""Listed profiles as firms, many at a time: a few queries for each thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count

from ifn.connections.matching.facts import Checked, Firm, Held
from ifn.connections.matching.reading import VOCABULARIES
from ifn.connections.matching.texts import pieces
from ifn.connections.models import Match
from ifn.connections.queries.enquiries import answering_by_firm, blocked_by_firm
from ifn.directory.models import (
    Business,
    Capability,
    Certificate,
    SpokenLanguage,
    Verification,
)
from ifn.vocabulary.queries import Lexicon

#: Profiles read at a time.
BATCH: Final = 2_000
#: Leads of so many days count for a fair share.
LEAD_DAYS: Final = 90
_GROUP_OF: Final = {vocabulary: group for group, vocabulary in VOCABULARIES.items()}
_TEXTS: Final = (
    *("summary_id", "summary_en", "services_id", "services_en", "story_id", "story_en"),
)
_FACTS: Final = (
    *("pk", "monthly_capacity", "minimum_order", "lead_time_days", "region_id", "latitude"),
    *("longitude", "confirmed_on", "completeness", "exports", "takes_job_orders", *_TEXTS),
)


def listed_keys(*, is_demo: bool) -> list[int]:
    """Return the keys of all profiles that visitors may see: invented ones, or the others."""
    found = Business.objects.listed().filter(is_demo=is_demo).order_by("pk")
    return list(found.values_list("pk", flat=True))


def leads_since(at: datetime) -> dict[int, int]:
    """Return how often each business came to fit somebody's opportunity lately."""
    found = Match.objects.filter(
        made_at__gte=at - timedelta(days=LEAD_DAYS), hindrance__isnull=True
    )
    return dict(found.values_list("business").annotate(Count("pk")))


def firms(
    keys: Iterable[int], words: Lexicon, leads: Mapping[int, int], *, today: date
) -> Iterator[Firm]:
    """Yield these profiles as firms; those that are not shown any more are passed over."""
    every, answering, blocked = list(keys), answering_by_firm(), blocked_by_firm()
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        # Asked for those that are listed, SQLite reads all that are, for every batch.
        rows = Business.objects.filter(pk__in=batch).order_by("pk").values(*_FACTS, "status")
        terms, pairs = _capabilities(batch, words)
        certificates = _by_business(
            Certificate.objects.filter(business__in=batch).order_by("pk"),
            ("term_id", "expires_on"),
            lambda term, last: Held(_code(words, term), last),
        )
        verified = _by_business(
            Verification.objects.standing().filter(business__in=batch, expires_on__gte=today),
            ("topic", "expires_on"),
            Checked,
        )
        spoken = _by_business(
            SpokenLanguage.objects.filter(business__in=batch), ("code",), lambda code: code
        )
        for row in rows:
            key = row["pk"]
            if row["status"] != Business.Status.LISTED:
                continue
            yield _firm(
                row,
                **{group: frozenset(codes) for group, codes in terms[key].items()},
                process_pairs=tuple(pairs[key]),
                certificates=tuple(certificates[key]),
                verified=tuple(verified[key]),
                languages=frozenset(spoken[key]),
                leads=leads.get(key, 0),
                answering=answering.get(key),
                blocked=blocked.get(key, frozenset()),
            )


def _firm(row: Mapping[str, Any], **known: Any) -> Firm:
    point = (row["latitude"], row["longitude"])
    return Firm(
        key=row["pk"],
        monthly_capacity=row["monthly_capacity"],
        minimum_order=row["minimum_order"],
        lead_time_days=row["lead_time_days"],
        region=row["region_id"] or "",
        point=None if None in point else point,
        confirmed_on=row["confirmed_on"],
        completeness=row["completeness"],
        exports=row["exports"] or None,  # unticked says nothing
        takes_job_orders=row["takes_job_orders"],
        pieces=pieces(*(row[name] for name in _TEXTS)),
        **known,
    )


Terms = defaultdict[int, defaultdict[str, list[str]]]
Pairs = defaultdict[int, list[tuple[str, int]]]


def _capabilities(batch: Iterable[int], words: Lexicon) -> tuple[Terms, Pairs]:
    """Return the codes of each profile by group, and the pairs a month of single processes."""
    terms: Terms = defaultdict(lambda: defaultdict(list))
    pairs: Pairs = defaultdict(list)
    rows = Capability.objects.filter(business__in=batch)
    for key, term, monthly in rows.values_list("business_id", "term_id", "monthly_pairs"):
        word = words.by_pk(term)
        group = _GROUP_OF.get(word.vocabulary, "") if word else ""
        if word is None or not group:
            continue
        terms[key][group].append(word.code)
        if group == "processes" and monthly is not None:
            pairs[key].append((word.code, monthly))
    return terms, pairs


def _by_business(
    rows: Any, columns: tuple[str, ...], made: Callable[..., Any]
) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *values in rows.values_list("business_id", *columns):
        found[key].append(made(*values))
    return found


def _code(words: Lexicon, term: int) -> str:
    word = words.by_pk(term)
    return word.code if word else ""
