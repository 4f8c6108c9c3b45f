"""A link in the ways it can be passed on: copied, or by WhatsApp with the words that say why."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Passed:
    """A link, and the address that opens WhatsApp with it."""

    address: str
    whatsapp: str


def passed_on(name: str, phone: str, title: str, address: str) -> Passed:
    """Return a link as it can be passed on, with words in Indonesian.

    Without a number one chooses in WhatsApp to whom.
    """
    with translation.override("id"):
        text = _(
            "Hello %(name)s, this is the Indonesia Footwear Network. Your page for “%(title)s”: "
            "%(address)s – only for you, please do not share it."
        ) % {"name": name, "title": title, "address": address}
    return Passed(address, f"https://wa.me/{phone.lstrip('+')}?text={quote(text)}")
