"""To whom something is told: people with accounts in the notice centre, others by message.

``notices`` keeps what a person is told and writes the message, as soon as that person wants it.
This room says what happened, in a notice's few words and in a message's many. Where a firm has
nobody with an account and an address, its own addresses get the same message.
"""

from datetime import datetime

from ifn.directory.actions.confirming import language_of, own_addresses_of, people_of
from ifn.directory.models import Business
from ifn.notices.actions import News, settle, tell_many, write_to_address
from ifn.notices.kinds import WORDS
from ifn.notices.letters import Mail


def tell_firm(firm: Business, news: News, mail: Mail, *, key: str, at: datetime) -> int:
    """Tell the people of a firm, else its own addresses, once for a key.

    Return how many messages go out at once. Nobody reads the addresses of invented firms.
    """
    people = people_of(firm)
    told = tell_many(people, news, key=key, at=at, mail=mail)
    if firm.is_demo or any(one.email for one in people):
        return told
    language, kind = language_of(firm), WORDS[news.words].kind
    return told + sum(
        write_to_address(to, mail, language, kind=kind, key=f"{key}:{place}", at=at)
        for place, to in enumerate(own_addresses_of(firm))
    )


def settle_at(firm: Business, address: str, *, at: datetime) -> int:
    """Let nobody of a firm be reminded of an address where a colleague has done what was asked."""
    return settle(people_of(firm), address, at=at)
