"""The line from what a project began with to what came of it: dated facts in, nodes and links out.

Pure. The trunk goes from origin over stages to the product; batches and whoever got some branch off
where they were made; what goes on from the product follows it. Everything stands in the order of
its days, and what has no day keeps its place in the order of the work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a node of the line is."""

    BEFORE = "before"
    ORIGIN = "origin"
    CALL = "call"
    STAGE = "stage"
    BATCH = "batch"
    RECIPIENTS = "recipients"
    PRODUCT = "product"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever did it; without an address nobody can look it up."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened: what, by whom, when, and where more of it stands."""

    label: str
    title: str = ""
    on: date | None = None
    by: tuple[Who, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A batch, and whoever got some of it; ``received`` is None while nobody did."""

    fact: Fact
    received: Fact | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a project's way, each part in the order of the work."""

    origin: Fact
    before: Fact | None = None
    call: Fact | None = None
    stages: Sequence[Fact] = ()
    batches: Sequence[Made] = ()
    product: Fact | None = None
    after: Sequence[Fact] = field(default=())


@dataclass(frozen=True, slots=True)
class Node:
    """A point of the line; those of a branch stand beside the trunk."""

    key: int
    kind: Kind
    fact: Fact
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The nodes from the first to the last, and which leads to which, by their keys."""

    nodes: tuple[Node, ...]
    links: tuple[tuple[int, int], ...]


#: What stands before what on one day.
_RANK: Final = {kind: place for place, kind in enumerate(Kind)}


def line_of(facts: Facts) -> Line:
    """Return the line of a project: unbroken, for each node but the first is led to by another."""
    nodes: list[Node] = []
    links: list[tuple[int, int]] = []

    def add(kind: Kind, fact: Fact, after: int | None, *, is_branch: bool = False) -> int:
        key = len(nodes)
        nodes.append(Node(key, kind, fact, is_branch))
        if after is not None:
            links.append((after, key))
        return key

    end: int | None = None
    for kind, fact in _trunk(facts):
        end = add(kind, fact, end)
    trunk = list(nodes)
    ends = []
    for made in facts.batches:
        whence = _made_in(trunk, made.fact.on)
        batch = add(Kind.BATCH, made.fact, whence, is_branch=True)
        ends.append(
            add(Kind.RECIPIENTS, made.received, batch, is_branch=True) if made.received else batch
        )
    if facts.product is not None:
        product = add(Kind.PRODUCT, facts.product, end)
        links.extend((one, product) for one in ends if _comes_first(nodes[one], facts.product))
        end = product
    for fact in facts.after:
        add(Kind.AFTER, fact, end)
    return _in_order(nodes, links)


def _trunk(facts: Facts) -> Iterable[tuple[Kind, Fact]]:
    if facts.before is not None:
        yield Kind.BEFORE, facts.before
    yield Kind.ORIGIN, facts.origin
    if facts.call is not None:
        yield Kind.CALL, facts.call
    for stage in facts.stages:
        yield Kind.STAGE, stage


def _made_in(trunk: Sequence[Node], on: date | None) -> int:
    """Return the last node of the trunk that lies on or before a day; its end where none says."""
    if on is None:
        return trunk[-1].key
    reached = [node.key for node in trunk if node.fact.on is not None and node.fact.on <= on]
    return max(reached) if reached else trunk[0].key


def _comes_first(node: Node, product: Fact) -> bool:
    """Say whether a branch ended before the product was there, so that it led to it."""
    return node.fact.on is None or product.on is None or node.fact.on <= product.on


def _in_order(nodes: Sequence[Node], links: Sequence[tuple[int, int]]) -> Line:
    """Put nodes in the order of their days, never before what leads to them, and number them so."""
    days: dict[int, date] = {}
    leads = {to: [start for start, end in links if end == to] for to in range(len(nodes))}
    for node in nodes:  # whoever leads to a node has a smaller key
        latest = [days[one] for one in leads[node.key] if one in days]
        days[node.key] = max([node.fact.on or date.min, *latest])
    order = sorted(nodes, key=lambda node: (days[node.key], _RANK[node.kind], node.key))
    new = {node.key: place for place, node in enumerate(order)}
    return Line(
        tuple(Node(new[one.key], one.kind, one.fact, one.is_branch) for one in order),
        tuple(sorted((new[start], new[end]) for start, end in links)),
    )
