"""Who asks: a person with an account, perhaps for a business, or a visitor with an address."""

from dataclasses import dataclass
from typing import Final

from django.utils.crypto import salted_hmac

from ifn.accounts.identifiers import mailbox
from ifn.accounts.models import User
from ifn.directory.models import Business

#: What stands before the key of an account; addresses are digests.
PERSON: Final = "p"


def key_of_person(person: int) -> str:
    """Return what an account is called in limits and blocks."""
    return f"{PERSON}{person}"


def key_of_address(address: str) -> str:
    """Return what an address is called there: keyed, so that nobody reads it out of the table.

    All addresses of one mailbox are called the same, so that none of them is a way around a limit.
    """
    whose = mailbox(address) if "@" in address else address
    return salted_hmac("ifn.connections.asker", whose, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, where the answer goes, and in which language."""

    person: User | None = None
    business: Business | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "id"

    @property
    def key(self) -> str:
        """Return what limits and blocks know this asker by."""
        if self.person is not None:
            return key_of_person(self.person.pk)
        return key_of_address(self.email or self.phone)
