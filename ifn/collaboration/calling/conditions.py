"""Whether a firm's profile says what a call asks for. Pure: the day is handed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Condition(StrEnum):
    """What is asked for."""

    ROLE = "role"
    PROCESS = "process"
    CERTIFICATE = "certificate"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Asked:
    """Codes that a call asks for: one of the roles, processes and regions, all certificates."""

    roles: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a profile says, with the codes that stand above those it names.

    Certificates with their last day, or nothing where none is said.
    """

    roles: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    certificates: Mapping[str, date | None] = field(default_factory=dict)
    region: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition, whether it is met, and the codes it is about: those lacking, else those asked.

    A certificate that ended is lacking.
    """

    condition: Condition
    is_met: bool
    codes: tuple[str, ...]


def check(asked: Asked, known: Known, on: date) -> tuple[Checked, ...]:
    """Return every condition that is asked, each met or not; empty where nothing is asked."""
    return tuple(_checks(asked, known, on))


def is_eligible(checked: tuple[Checked, ...]) -> bool:
    """Say whether every condition is met."""
    return all(one.is_met for one in checked)


def _checks(asked: Asked, known: Known, on: date) -> Iterator[Checked]:
    if asked.roles:
        met = not known.roles.isdisjoint(asked.roles)
        yield Checked(Condition.ROLE, met, asked.roles)
    if asked.processes:
        met = not known.processes.isdisjoint(asked.processes)
        yield Checked(Condition.PROCESS, met, asked.processes)
    if asked.certificates:
        lacking = tuple(one for one in asked.certificates if not _holds(known, one, on))
        yield Checked(Condition.CERTIFICATE, not lacking, lacking or asked.certificates)
    if asked.regions:
        met = any(f"{known.region}.".startswith(f"{code}.") for code in asked.regions)
        yield Checked(Condition.REGION, met, asked.regions)


def _holds(known: Known, code: str, on: date) -> bool:
    if code not in known.certificates:
        return False
    last = known.certificates[code]
    return last is None or last >= on
