"""The frame of a page, quick enough to stand round everything.

Head and foot change only with the language and with who is signed in, so each variant is rendered
once per process; what belongs to one request (address, name, token) is put in afterwards.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_urlconf
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ifn.ui.context import Here, page

SITE_NAME = "Indonesia Footwear Network"
SPACE_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
LINK = re.compile(r'href="(/[^"#?]+)"')
#: A higher count is shown as "99+".
MOST_SHOWN = 99
MARK = re.compile(r"\[\[([a-z-]+)\]\]")


@lru_cache(maxsize=64)
def _part(
    name: str,
    language: str,
    standing: str,
    is_administrator: bool,
    _urlconf: str | None,
) -> tuple[str, list[str]]:
    """Return a part's HTML with marks where a request's own values go, and the links in it.

    Language and address configuration are in force already; they only tell the variants apart.
    """
    html = render_to_string(
        f"ui/{name}.html",
        {
            "standing": standing,
            "is_administrator": is_administrator,
            "language": language,
            "site_name": SITE_NAME,
        },
    )
    tight = SPACE_BETWEEN_TAGS.sub("><", html).strip()
    return tight, LINK.findall(tight)


def _variant(
    name: str, language: str, standing: str = "", *, is_administrator: bool = False
) -> tuple[str, list[str]]:
    render = _part.__wrapped__ if settings.DEBUG else _part
    return render(name, language, standing, is_administrator, get_urlconf())


def _standing(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return "visitor"
    return "staff" if getattr(user, "is_staff", False) else "member"


def header(
    request: HttpRequest, here: Here | None = None, unread: Callable[[], int] | None = None
) -> SafeString:
    """Return the head of the page for this visitor, with the current section marked.

    ``unread`` counts what waits to be read; it is asked only for somebody who is signed in.
    """
    here = here or page(request)["here"]
    standing = _standing(request)
    html, links = _variant(
        "header",
        here.language,
        standing,
        is_administrator=standing == "staff" and getattr(request.user, "is_administrator", False),
    )
    path = here.path
    for link in links:
        if len(link) > 1 and (path == link or path.startswith(link.rstrip("/") + "/")):
            html = html.replace(f'href="{link}"', f'href="{link}" aria-current="page"')
    values = {f"switch-{code}": here.switch_to(code) for code, _name in settings.LANGUAGES}
    if standing != "visitor":
        name = str(getattr(request.user, "name", "") or request.user)
        values |= {"csrf": get_token(request), "initial": name[:1].upper(), "name": name}
        values["unread"] = _few(unread() if unread else 0)
    # All in one go: a value, such as what stands in the address, may itself look like a mark.
    html = MARK.sub(lambda mark: escape(values[mark[1]]), html)
    return mark_safe(html)  # noqa: S308  # a template's output with escaped values


def _few(count: int) -> str:
    """Return a count as the head has room for; nothing for none."""
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")


def footer(language: str) -> SafeString:
    """Return the foot of the page."""
    return mark_safe(_variant("footer", language)[0])  # noqa: S308  # a template's output


def assets(language: str) -> SafeString:
    """Return the links to style, script, icon and manifest."""
    return mark_safe(_variant("assets", language)[0])  # noqa: S308  # a template's output


def stylesheet_if_any() -> SafeString:
    """Return the link to the stylesheet, or nothing when static files were not collected."""
    try:
        return format_html('<link rel="stylesheet" href="{}">', static("ui/css/ifn.css"))
    except ValueError:
        return SafeString()


def addresses(here: Here, canonical: str = "") -> SafeString:
    """Return the canonical address and this page's address in each language."""
    links = [(code, here.address_in(code)) for code, _name in settings.LANGUAGES]
    links.append(("x-default", here.address_in(settings.LANGUAGE_CODE)))
    alternates = format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', links)
    return format_html(
        '<link rel="canonical" href="{0}">\n<meta property="og:url" content="{0}">\n{1}',
        canonical or here.canonical,
        alternates,
    )


def share_picture(address: str = "", alt: str = "") -> SafeString:
    """Return what shared links show: a page's own picture, or the mark with the site's name."""
    address = address or static("ui/share.png")
    if address.startswith("/"):
        address = f"{settings.PUBLIC_ADDRESS}{address}"
    return format_html(
        '<meta property="og:image" content="{}">\n<meta property="og:image:alt" content="{}">\n'
        '<meta name="twitter:card" content="summary_large_image">',
        address,
        alt or SITE_NAME,
    )


def as_attribute(content: str) -> SafeString:
    """Return a block's output, escaped as text already, so that it can stand between quotes."""
    words = " ".join(conditional_escape(content).split())
    return mark_safe(words.replace('"', "&quot;"))  # noqa: S308  # escaped as text before
