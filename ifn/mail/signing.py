"""Signed names of our messages, by which one that comes back is known. Pure.

Lower case and short: they stand in the local part of an address, where some servers change case and
64 characters are all there are.
"""

from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_LENGTH: Final = 20


def token_of(message: int, message_id: str) -> str:
    """Return the signed name of a message."""
    return f"{message:x}-{_mark(message, message_id, settings.SECRET_KEY)}"


def key_in(token: str) -> int | None:
    """Return which message a name is for, before its signature was looked at."""
    key, _, mark = token.partition("-")
    try:
        number = int(key, 16)
    except ValueError:
        return None
    return number if mark and 0 < number < 2**63 else None


def is_signed(token: str, message: int, message_id: str) -> bool:
    """Say whether a name was signed here, with the secret in use or one before it."""
    mark = token.partition("-")[2]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(mark, _mark(message, message_id, one)) for one in secrets)


def return_address(token: str) -> str:
    """Return the envelope sender of a message; empty where failures come to no address of ours."""
    user, _, domain = parseaddr(settings.BOUNCE_ADDRESS)[1].rpartition("@")
    return f"{user}+{token}@{domain}" if user else ""


def _mark(message: int, message_id: str, secret: str) -> str:
    keyed = salted_hmac("ifn.mail.returned", f"{message}:{message_id}", secret, algorithm="sha256")
    return keyed.hexdigest()[:_LENGTH]
