"""What every page knows about where it stands: its addresses in each language, its theme."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

THEMES = {"light", "dark"}


@dataclass(frozen=True, slots=True)
class Here:
    """Where a visitor is: the path without language prefix, the query, the language, the theme."""

    bare_path: str
    query: str
    language: str
    #: "light" or "dark" when the visitor chose one, else empty: the device decides.
    theme: str

    def path_in(self, language: str) -> str:
        """Return this page's path in another language; the default language has no prefix."""
        if language == settings.LANGUAGE_CODE:
            return self.bare_path
        return f"/{language}{self.bare_path}"

    def address_in(self, language: str) -> str:
        """Return the full public address in a language, without the query."""
        return f"{settings.PUBLIC_ADDRESS}{self.path_in(language)}"

    @property
    def path(self) -> str:
        """Return the path as it is now, with its language prefix."""
        return self.path_in(self.language)

    @property
    def canonical(self) -> str:
        """Return the address a search engine should remember for this page."""
        return self.address_in(self.language)

    def switch_to(self, language: str) -> str:
        """Return a link to the same page, filters and all, in another language."""
        path = self.path_in(language)
        return f"{path}?{self.query}" if self.query else path


def without_language(path: str) -> str:
    """Return the path without a leading language prefix: `/en/direktori` and `/direktori` agree."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and (path == f"/{code}" or path.startswith(f"/{code}/")):
            return path[len(code) + 1 :] or "/"
    return path


def page(request: HttpRequest) -> dict[str, Here]:
    """Give every template `here`."""
    theme = request.COOKIES.get("theme", "")
    return {
        "here": Here(
            bare_path=without_language(request.path),
            query=request.META.get("QUERY_STRING", ""),
            language=get_language() or settings.LANGUAGE_CODE,
            theme=theme if theme in THEMES else "",
        )
    }
