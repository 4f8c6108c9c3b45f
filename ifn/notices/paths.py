"""Addresses of the site as one language has them. Pure."""

from django.conf import settings


def path_in(language: str, path: str) -> str:
    """Return a path of the site in a language; the default language has nothing in front."""
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
