"""Who may open and change a proposed chain."""

from ifn.accounts.models import User
from ifn.connections.models import Chain


def is_maker(person: User | None, visitor: str, chain: Chain) -> bool:
    """Say whether a person, or a visitor by what their session remembers, made the chain."""
    if chain.person_id is not None:
        return person is not None and person.pk == chain.person_id
    return bool(visitor) and visitor == chain.visitor


def can_open(person: User | None, visitor: str, chain: Chain) -> bool:
    """Say whether somebody may see the chain: its maker, or whoever has a link that is shared."""
    return chain.shared_at is not None or is_maker(person, visitor, chain)


def can_save(person: User | None, visitor: str, chain: Chain) -> bool:
    """Say whether somebody may keep the chain under a name; a visitor has nowhere to find it."""
    return person is not None and is_maker(person, visitor, chain)
