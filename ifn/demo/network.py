"""The demo network: 118 invented businesses and partner organisations. Pure and deterministic."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ifn.demo.facts import DemoBusiness, Draft, invent, slug_of
from ifn.demo.trades import FILES, places, table, trades

SEED = 118


def network(*, today: date, seed: int = SEED) -> list[DemoBusiness]:
    """Return the network as it stands on a day, upstream first."""
    return [invent(draft, seed=seed, today=today) for draft in drafts()]


def drafts() -> Iterator[Draft]:
    """Yield what is written down of each business."""
    rows = (row for name in FILES for row in table(name)["business"])
    for index, row in enumerate(rows, start=1):
        yield _draft(index, row)


def _draft(index: int, row: dict[str, Any]) -> Draft:
    certificates = row.get("certs")
    roles, terms = _split(row.get("also", ""))
    trade = trades()[row["trade"]]
    return Draft(
        slug=slug_of(row["name"]),
        index=index,
        name=row["name"],
        trade=trade,
        place=places()[row["place"]],
        since=row["since"],
        summary=(row["id"][0], row["en"][0]),
        own=(row["id"][1], row["en"][1]),
        roles=(*(row.get("roles", "").split() or trade.roles), *roles),
        also=terms,
        brands=tuple(row.get("brands", ())),
        certificates=None if certificates is None else tuple(certificates.split()),
        minimum=row.get("minimum"),
        capacity=row.get("capacity"),
        lead=row.get("lead"),
        workers=row.get("workers"),
        exports=row.get("exports", ""),
        languages=tuple(row.get("languages", "").split()),
        legal=row.get("legal", ""),
        services=(row.get("services_id", ""), row.get("services_en", "")),
        pictures=tuple(row.get("pictures", "").split()),
    )


def _split(also: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Separate further roles from further terms."""
    terms = also.split()
    roles = tuple(term.removeprefix("r:") for term in terms if term.startswith("r:"))
    return roles, tuple(term for term in terms if not term.startswith("r:"))
