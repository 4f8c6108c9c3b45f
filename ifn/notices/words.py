"""What the sentences of a notice are made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one notice: what is new, more about it, and why this person is told."""

    kind: str
    title: Promise
    reason: Promise
    body: Promise | str = ""
    #: The value that adds up where a digest tells of the same address more than once.
    adds: str = ""
