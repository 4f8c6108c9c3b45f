"""What businesses of the demo network offer and ask for. Pure and deterministic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ifn.connections.opportunities.particulars import Particulars, ordered
from ifn.demo.trades import VOCABULARIES, table


@dataclass(frozen=True, slots=True)
class DemoOpportunity:
    """An invented opportunity of the business with this slug, opened some days ago."""

    business: str
    direction: str
    kind: str
    state: str
    days_ago: int
    said: Particulars


def opportunities(*, today: date) -> Iterator[DemoOpportunity]:
    """Yield what is offered and asked for on a day, in the order of the file."""
    for row in table("opportunities")["opportunity"]:
        yield DemoOpportunity(
            row["business"],
            row["direction"],
            row["kind"],
            row.get("state", "open"),
            row["ago"],
            _said(row, today),
        )


def _said(row: dict[str, Any], today: date) -> Particulars:
    number, unit = row["amount"].split() if "amount" in row else ("", "")
    price: list[str] = row.get("price", "").split()
    region, must, within = _place(row.get("near", ""))
    return Particulars(
        title_id=row["title"][0],
        title_en=row["title"][1],
        text_id=row["text"][0],
        text_en=row["text"][1],
        terms=ordered(map(_term, row["terms"].split())),
        amount=int(number) if number else None,
        unit=unit,
        is_monthly=row.get("monthly", False),
        price_from=Decimal(price[0]) if price else None,
        price_to=Decimal(price[1]) if price else None,
        currency=price[2] if price else "",
        price_unit=price[3] if price[3:] else unit if price else "",
        price_shown=row.get("price_shown", "all"),
        region=region,
        reach="km" if within else "region" if must else "anywhere",
        within_km=within,
        deadline=today + timedelta(days=row["days"]) if "days" in row else None,
        visibility=row.get("visibility", "everyone"),
    )


def _place(near: str) -> tuple[str, bool, int | None]:
    """Return the region, whether those who answer must be in it, and within how many km of it."""
    region, _at, km = near.partition("@")
    return region.removesuffix("!"), region.endswith("!"), int(km) if km else None


def _term(written: str) -> tuple[str, str]:
    kind, _colon, code = written.partition(":")
    return ("certification" if kind == "k" else VOCABULARIES[kind]), code
