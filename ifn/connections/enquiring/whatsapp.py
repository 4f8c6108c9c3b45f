"""The way over to WhatsApp: a link with the words that begin the conversation. Pure."""

from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _


def link(digits: str, text: str) -> str:
    """Return the address that opens WhatsApp with a text to a number, digits with country code."""
    return f"https://wa.me/{digits.lstrip('+')}?text={quote(text)}"


def proof(code: str, language: str) -> str:
    """Return the words with which a visitor shows the office that a number is theirs."""
    with translation.override(language):
        return _(
            "Hello, this number is mine. Please send my enquiry on the Indonesia Footwear Network. "
            "Code: %(code)s"
        ) % {"code": code}


def greeting(*, sender: str, about: str, code: str, language: str) -> str:
    """Return the first words, in the language of whoever reads them, with the enquiry's code."""
    with translation.override(language):
        return _(
            "Hello, this is %(sender)s. I write about enquiry %(code)s on the Indonesia Footwear "
            "Network: %(about)s"
        ) % {"sender": sender, "code": code, "about": about}
