"""Which averages of places can be shown so that none of a few firms can be worked out.

Places lie in each other: regencies in a province, provinces in the country. Whoever sees the
average and the number of firms of a province and of some of its regencies knows the sum of what is
left. Therefore what an average shown contains beyond the parts of it that are shown, its rest, is
of no firm or of at least ``least``; as long as a rest is smaller, one more part is hidden, that
with the fewest firms. Every sum that can be worked out is a sum of rests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

#: The country, a province, or a place in a province: the codes from the top down.
Node = tuple[str, ...]
COUNTRY: Final[Node] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The country, provinces and places whose averages can be shown."""

    nodes: frozenset[Node]

    def province(self, code: str) -> bool:
        """Say whether the average of a province can be shown."""
        return (code,) in self.nodes

    def place(self, code: str) -> bool:
        """Say whether the average of a regency or city can be shown."""
        return (province_of(code), code) in self.nodes

    def of(self, code: str, *, is_whole: bool) -> bool:
        """Say whether a row can be shown: a whole province or the country, or one place in it."""
        if not is_whole:
            return self.place(code)
        return self.province(code) if code else COUNTRY in self.nodes


def province_of(code: str) -> str:
    """Return the code of the province that a place lies in."""
    return code[:2]


def shown(firms: Mapping[str, int], *, least: int) -> Shown:
    """Return what can be shown of places with so many firms; the same for the same numbers.

    ``firms`` are by the codes of regencies and cities; a firm that says no more than its province
    has the province's code, and one that says nothing an empty one: each is a place like others.
    """
    return _shown(tuple(sorted((code, count) for code, count in firms.items() if count)), least)


@lru_cache(maxsize=256)
def _shown(firms: tuple[tuple[str, int], ...], least: int) -> Shown:
    tree = _Tree.of(firms, least)
    open_ = {node for node in tree.rests if tree.is_too_small(node, least)}
    while open_:
        # Provinces first: what is hidden in one of them leaves the country's rest as it is.
        node = max(open_, key=lambda one: (len(one), one))
        tree.hide_a_part_of(node)
        open_ = {one for one in open_ if one in tree.rests and tree.is_too_small(one, least)}
    return Shown(frozenset(tree.rests))


@dataclass(slots=True)
class _Tree:
    """What is shown: each with its rest, its parts that are shown next, and how many firms."""

    sizes: dict[Node, int] = field(default_factory=dict)
    rests: dict[Node, int] = field(default_factory=dict)
    parts: dict[Node, set[Node]] = field(default_factory=dict)

    @classmethod
    def of(cls, firms: Iterable[tuple[str, int]], least: int) -> "_Tree":
        """Return the tree of which only what has too few firms itself is hidden."""
        tree = cls()
        for code, count in firms:
            province = province_of(code)
            for node in (COUNTRY, (province,), (province, code)):
                tree.sizes[node] = tree.sizes.get(node, 0) + count
        for node in sorted(tree.sizes):
            if tree.sizes[node] < least:
                continue
            tree.rests[node], tree.parts[node] = tree.sizes[node], set()
            above = next((one for one in _above(node) if one in tree.rests), None)
            if above is not None:
                tree.parts[above].add(node)
                tree.rests[above] -= tree.sizes[node]
        return tree

    def is_too_small(self, node: Node, least: int) -> bool:
        """Say whether the rest of what is shown is of a few firms."""
        return 0 < self.rests[node] < least

    def hide_a_part_of(self, node: Node) -> None:
        """Hide the part with the fewest firms; one that consists of shown parts hides little."""
        part = min(self.parts[node], key=lambda one: (not self.rests[one], self.sizes[one], one))
        self.rests[node] += self.rests.pop(part)
        self.parts[node] |= self.parts.pop(part)
        self.parts[node].discard(part)


def _above(node: Node) -> Iterable[Node]:
    return (node[:length] for length in range(len(node) - 1, -1, -1))
