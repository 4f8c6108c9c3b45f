"""What is wrong with a questionnaire, where; ``wording`` says it to people."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code of ``wording.FAULTS``, and what it is about.

    ``part`` is the code of a dimension or question, or nothing where it is about the whole.
    """

    code: str
    part: str = ""
    detail: str = ""


class Unreadable(ValueError):  # noqa: N818
    """A document is not one; ``faults`` says why, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.part} {one.code} {one.detail}" for one in self.faults))
