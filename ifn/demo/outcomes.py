"""Invented outcomes of the mentoring of 2024: what people said when, and firms beside them.

Not everybody answers, fewer the later it is; some answer late, some by phone, some tap that nothing
has changed. All follows from the seat and the wave alone, so that a load gives the same again.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final

from ifn.accounts.models import User
from ifn.demo import assessments
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.profile import CapabilityFact, Profile
from ifn.programmes.actions import outcomes
from ifn.programmes.actions.outcomes import Entry
from ifn.programmes.measuring.measures import BAND_CODES
from ifn.programmes.measuring.waves import Wave, window_of
from ifn.programmes.models import Batch, Registration

FILE: Final = Path(__file__).parent / "data" / "outcomes.toml"
#: Who answers in a wave: so many of a hundred.
ANSWERING: Final = {Wave.BEFORE: 94, Wave.END: 100, Wave.M3: 82, Wave.M6: 72, Wave.M12: 60}
#: How far a firm has come in each wave, 0 to 1.
PROGRESS: Final = {Wave.BEFORE: 0.0, Wave.END: 0.1, Wave.M3: 0.4, Wave.M6: 0.7, Wave.M12: 1.0}
CHANNELS: Final = ("workshop", "chat", "reseller", "fair", "social", "tourism", "marketplace")


@lru_cache(maxsize=1)
def other_firms() -> list[dict[str, str]]:
    """Return the firms that nobody mentored: name and region."""
    rows: list[dict[str, str]] = tomllib.loads(FILE.read_text())["firm"]
    return rows


def others(*, at: datetime) -> list[Business]:
    """Enter like firms that nobody mentors, with which those who were are compared."""
    source = directory.source_named("demo", "Jaringan demo")
    return [
        directory.register(
            Profile(
                name=row["name"],
                region=row["region"],
                capabilities=(CapabilityFact("process", "STITCH"),),
            ),
            source=source,
            stated_on=assessments.FIRST.date(),
            actor=None,
            at=at,
            status=Business.Status.DRAFT,
            is_demo=True,
        )
        for row in other_firms()
    ]


def write(batch: Batch, officer: User, *, today: date) -> int:
    """Let the participants answer in every wave up to today; return how many answers."""
    rows = Registration.objects.filter(batch=batch, seat__isnull=False).select_related("batch")
    people = list(rows.order_by("seat"))
    written = 0
    for wave in Wave:
        window = window_of(wave, batch.starts_on, batch.ends_on)
        for one in people:
            chance = Random(f"{one.seat}:{wave}")  # noqa: S311  # no secret
            if chance.randrange(100) >= ANSWERING[wave]:
                continue
            said_on = window.due_on + timedelta(days=chance.randrange(12))
            if chance.randrange(8) == 0:
                said_on = window.until + timedelta(days=1)
            if wave == Wave.BEFORE:
                said_on = window.opens_on + timedelta(days=chance.randrange(20))
            if said_on <= today:
                _say(one, wave, said_on, officer, chance)
                written += 1
    return written


def _say(
    one: Registration, wave: Wave, said_on: date, officer: User, chance: Random
) -> None:  # who, when
    at = datetime.combine(said_on, time(9 + chance.randrange(8), chance.randrange(60)))
    moment = at.replace(tzinfo=one.batch.zone)
    is_by_phone = chance.randrange(3) == 0
    entry = Entry("phone" if is_by_phone else "link", said_on)
    actor = officer if is_by_phone else None
    is_same = wave in {Wave.M6, Wave.M12} and chance.randrange(5) == 0
    if is_same and outcomes.last_said(one, wave):
        outcomes.same_again(one, wave, entry, actor=actor, at=moment)
        return
    facts = _facts(one.seat or 1, wave, chance)
    outcomes.save_answers(one, wave, facts, entry, is_finished=True, actor=actor, at=moment)


def _facts(seat: int, wave: Wave, chance: Random) -> dict[str, Any]:
    """Return what a firm says: where it began follows from its seat, how far it came from both."""
    begins = Random(f"begins {seat}")  # noqa: S311  # no secret
    grows = begins.choice((0.0, 0.5, 1.0, 1.0, 1.5)) * PROGRESS[wave]
    workers, capacity = begins.randint(2, 9), begins.randrange(60, 420, 20)
    band = begins.choice((1, 2, 2, 3, 3, 4))
    channels = begins.randint(1, 3)
    defects = begins.uniform(6, 18)
    exports = begins.randrange(6) == 0
    facts: dict[str, Any] = {
        "turnover": BAND_CODES[min(len(BAND_CODES) - 1, band + round(0.7 * grows))],
        "workers": workers + round(1.5 * grows),
        "capacity": round(capacity * (1 + 0.3 * grows), -1),
        "products": chance.randrange(3) + round(grows) if wave != Wave.BEFORE else 1,
        "channels": sorted(CHANNELS[: min(len(CHANNELS), channels + round(1.2 * grows))]),
        "certificates": ["MEREK"] if wave == Wave.M6 and seat % 4 == 0 else [],
        "defects": Decimal(str(round(defects * (1 - 0.3 * grows), 1))),
        "exports": Decimal(round(120 * (1 + grows))) if exports else Decimal(0),
        "exports_unit": "pairs" if exports else "",
        "exports_period": "quarter" if exports else "",
    }
    if chance.randrange(4) == 0:  # not everybody says everything
        facts["turnover"] = ""
    if chance.randrange(6) == 0:
        facts["defects"] = None
    return facts
