"""Signed links that ask one thing of one public number, as it stood when the link was made. Pure.

Each question has a signer of its own, so that no link answers another question.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.signing import BadSignature, Signer


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be; ``number`` is what it asked about."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Said:
    """What a link says: about which number, how that stood, and the day the link was made.

    ``stood`` is a day in ISO 8601, or nothing where there was none.
    """

    number: str
    stood: str
    on: date


@dataclass(frozen=True, slots=True)
class AskingLink:
    """One kind of link: its salt, and how long one is good."""

    salt: str
    valid: timedelta

    def write(self, number: str, stood: date | None, today: date) -> str:
        """Return what stands in the address of a link made today."""
        said = [number, stood.isoformat() if stood else "", today.isoformat()]
        return self._signer().sign_object(said)

    def read(self, token: str, today: date) -> Said:
        """Return what a link says.

        Raises:
            Foreign: It was not signed here.
            Expired: It was made too long ago.

        """
        try:
            number, stood, on = self._signer().unsign_object(token)
            said = Said(number, stood, date.fromisoformat(on))
        except (BadSignature, ValueError, TypeError):
            raise Foreign from None
        if today > said.on + self.valid:
            raise Expired(said.number)
        return said

    def _signer(self) -> Signer:
        return Signer(salt=self.salt, sep=".")
