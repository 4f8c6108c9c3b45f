"""Addresses of the site as one language has them. Pure."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def path_of(view: str, *args: str) -> str:
    """Return the path of an address without a language in front, as notices keep it."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(view, args=args)


def path_in(language: str, path: str) -> str:
    """Return a path of the site in a language; the default language has nothing in front."""
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
