"""Keep secrets of people unreadable in the database.

The keys are made from the installation's secret and the secrets before it, so that a changed secret
loses nothing while the old one is named in the settings.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def secrets() -> list[str]:
    """Return the installation's secret and those before it, the present one first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def seal(text: str) -> str:
    """Return the text so that only this installation can read it."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """Return the text, or nothing when it was sealed with a secret that is gone."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    keys = [
        salted_hmac("ifn.accounts.sealing", "", secret, algorithm="sha256").digest()
        for secret in secrets()
    ]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
