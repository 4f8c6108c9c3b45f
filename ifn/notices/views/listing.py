"""Notices of one day as the page of notices shows them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.notices.queries import Day, Told
from ifn.ui import fragments
from ifn.ui.addresses import address_with


def days(request: HttpRequest, several: Iterable[Day]) -> list[tuple[Day, SafeString]]:
    """Return days with what was told on each; what is unread can be marked as read."""
    token, mark = get_token(request), _("Mark as read")
    return [
        (day, fragments.join([_row(one, "" if day.is_read else token, mark) for one in day.told]))
        for day in several
    ]


def _row(one: Told, token: str, mark: str) -> SafeString:
    """Return one notice; with a token there is a form that marks it as read."""
    form = SafeString()
    if token:
        form = fragments.fill(
            "notices/fragments/read.html",
            action=address_with("notices:read", str(one.notice.pk)),
            token=token,
            mark=mark,
        )
    return fragments.fill(
        "notices/fragments/notice.html",
        unread=SafeString(" data-unread" if token else ""),
        href=address_with("notices:open", str(one.notice.pk)),
        title=one.said.title,
        body=format_html("<span>{}</span>", one.said.body) if one.said.body else SafeString(),
        items=_items(one) if one.items else SafeString(),
        time=localtime(one.notice.made_at).strftime("%H:%M"),
        reason=one.said.reason,
        form=form,
    )


def _items(one: Told) -> SafeString:
    lines = [
        format_html('<li><a href="{}">{}</a></li>', address, text) for text, address in one.items
    ]
    if more := one.notice.more:
        words = ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
        lines.append(format_html("<li>{}</li>", words))
    return format_html("<ul>{}</ul>", fragments.join(lines))
