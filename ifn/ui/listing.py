"""Parts of list pages that plain Python writes: pills of active filters, links to further pages."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.ui import fragments, icons

GAP = SafeString('<li><span class="gap">…</span></li>')
#: Marks a page that a narrow screen leaves out.
FAR = SafeString(' class="far"')


def query_with(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """Return `?…` with values replaced: a list replaces a name, an empty value removes it."""
    changed = query.copy()
    for name, value in changes.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        wanted = [str(one) for one in values if one not in (None, "")]
        if wanted:
            changed.setlist(name, wanted)
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}" if changed else "?"


def pill(text: object, remove: str) -> SafeString:
    """Return an active filter with a link that takes it off."""
    return fragments.fill(
        "ui/fragments/pill.html",
        text=text,
        remove=remove,
        label=_("Remove filter: %(name)s") % {"name": text},
        cross=icons.icon("close"),
    )


def shown_pages(number: int, last: int) -> list[int | None]:
    """Return the pages worth a link: the ends and the neighbours, None where some are left out."""
    wanted = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    shown: list[int | None] = []
    for page in wanted:
        before = shown[-1] if shown else 0
        if before is not None and page == before + 2:
            shown.append(page - 1)
        elif before is not None and page > before + 2:
            shown.append(None)
        shown.append(page)
    return shown


def pagination(number: int, last: int, query: QueryDict, name: str = "page") -> SafeString:
    """Return the links to the pages of a list; nothing when there is one page only."""
    if last <= 1:
        return SafeString()

    def address(page: int) -> str:
        return query_with(query, {name: page if page > 1 else ""})

    def item(page: int | None) -> SafeString:
        if page is None:
            return GAP
        if page == number:
            return format_html('<li><span aria-current="page">{}</span></li>', page)
        return format_html(
            '<li{}><a href="{}" aria-label="{}">{}</a></li>',
            FAR if abs(page - number) > 1 else "",
            address(page),
            _("Page %(number)s") % {"number": page},
            page,
        )

    return fragments.fill(
        "ui/fragments/pagination.html",
        label=_("Pages"),
        before=_step("prev", address(number - 1), _("Previous"), "chevron-left")
        if number > 1
        else "",
        items=fragments.join(item(page) for page in shown_pages(number, last)),
        after=_step("next", address(number + 1), _("Next"), "chevron-right")
        if number < last
        else "",
    )


def _step(rel: str, href: str, text: str, arrow: str) -> SafeString:
    return fragments.fill(
        "ui/fragments/step.html", rel=rel, href=href, text=text, arrow=icons.icon(arrow)
    )
