"""What reading gives, and the one way it fails."""

from dataclasses import dataclass


class Unreadable(Exception):  # noqa: N818
    """A file cannot be read; ``str()`` is the message for the person, ``code`` is for tests."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows[0]`` is the first row of the file, empty cells are empty text."""

    name: str
    rows: list[list[str]]
