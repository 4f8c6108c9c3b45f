"""One set of line icons, drawn for this platform on a 24 by 24 grid with round ends."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

#: What stands inside the svg element, by name.
SHAPES = {
    "alert": '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>',
    "arrow-down": '<path d="M12 4.5v15M6 13.5l6 6 6-6"/>',
    "arrow-left": '<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "arrow-up": '<path d="M12 19.5v-15M6 10.5l6-6 6 6"/>',
    "box": '<path d="M3.8 7.8L12 3.5l8.2 4.3v8.4L12 20.5l-8.2-4.3zM3.8 7.8L12 12l8.2-4.2M12 12v8.5M8 5.7l8.2 4.2"/>',
    "building": '<path d="M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8h3M8 11.7h3M8 15.4h3M16.5 13v.1M16.5 16.5v.1"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 3v4M16 3v4M8 14h.1M12 14h.1M16 14h.1M8 17.2h.1M12 17.2h.1"/>',
    "camera": '<path d="M3.5 9a2 2 0 0 1 2-2h2.3l1.6-2.5h5.2L16.2 7h2.3a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/><circle cx="12" cy="13" r="3.7"/>',
    "chart": '<path d="M4 4v16h16M8 16v-4M12 16V8M16 16v-6"/>',
    "check": '<path d="M4.5 12.8l5 5 10-11.3"/>',
    "chevron-down": '<path d="M6 9.5l6 6 6-6"/>',
    "chevron-left": '<path d="M14.5 6l-6 6 6 6"/>',
    "chevron-right": '<path d="M9.5 6l6 6-6 6"/>',
    "chevron-up": '<path d="M6 14.5l6-6 6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.8"/><path d="M12 7v5.3l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 8.5V6A2.5 2.5 0 0 0 13 3.5H6A2.5 2.5 0 0 0 3.5 6v7A2.5 2.5 0 0 0 6 15.5h2.5"/>',
    "download": '<path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 17.5v1a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-1"/>',
    "edit": '<path d="M4 20l.9-4.3L16.2 4.4a1.8 1.8 0 0 1 2.5 0l.9.9a1.8 1.8 0 0 1 0 2.5L8.3 19.1zM14 6.6l3.4 3.4"/>',
    "external": '<path d="M13.5 4H20v6.5M20 4l-9 9M17.5 14v4a2 2 0 0 1-2 2h-9.5a2 2 0 0 1-2-2V8.5a2 2 0 0 1 2-2h4"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "factory": '<path d="M3.5 20.5V11l5.5 3.5V11l5.5 3.5V4h3.7l1.3 16.5zM7.5 17.3h.1M12 17.3h.1M16 17.3h.1"/>',
    "filter": '<path d="M3.5 6.5h8M16.5 6.5h4M3.5 12h2.5M11 12h9.5M3.5 17.5h9M17.5 17.5h3"/><circle cx="14" cy="6.5" r="2.3"/><circle cx="8.5" cy="12" r="2.3"/><circle cx="15" cy="17.5" r="2.3"/>',
    "gear": '<circle cx="12" cy="12" r="3.2"/><circle cx="12" cy="12" r="6.5"/><path d="M12 2.7v2.8M12 18.5v2.8M2.7 12h2.8M18.5 12h2.8M5.4 5.4l2 2M16.6 16.6l2 2M18.6 5.4l-2 2M7.4 16.6l-2 2"/>',
    "globe": '<circle cx="12" cy="12" r="8.8"/><path d="M3.2 12h17.6M12 3.2c2.6 2.5 3.9 5.4 3.9 8.8s-1.3 6.3-3.9 8.8c-2.6-2.5-3.9-5.4-3.9-8.8S9.4 5.7 12 3.2z"/>',
    "heart": '<path d="M12 20S3.5 15.3 3.5 9.3A4.6 4.6 0 0 1 12 6.8a4.6 4.6 0 0 1 8.5 2.5C20.5 15.3 12 20 12 20z"/>',
    "heel": '<path d="M3.5 8.5c2 0 3.3 1 5 3.2 2.3 3 5.5 4.6 9.5 5 1.8.2 2.5 1 2.5 2.3h-8c-2.2 0-3.5-1-5-3.5V19h-2v-6c0-2-1.2-2.8-2-4.5z"/>',
    "help": '<circle cx="12" cy="12" r="8.8"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4 2.5c-.9.45-1.3 1-1.3 1.9M12 16.7v.1"/>',
    "hide": '<path d="M8.5 3.5c.4 1.6 1.6 2.5 3.5 2.5s3.1-.9 3.5-2.5l3.5 2c-.6 1.2-.5 2.3.3 3.3.7.9.9 1.9.5 3.2-.4 1.2-.3 2.3.5 3.5l-2.5 3.5c-1.8-.2-3 .3-3.5 1.5h-4.6c-.5-1.2-1.7-1.7-3.5-1.5l-2.5-3.5c.8-1.2.9-2.3.5-3.5-.4-1.3-.2-2.3.5-3.2.8-1 .9-2.1.3-3.3z"/>',
    "home": '<path d="M4 11l8-7 8 7v7.5a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM9.5 20.5v-6h5v6"/>',
    "info": '<circle cx="12" cy="12" r="8.8"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "language": '<path d="M3.5 6h10M8.5 3.5V6M12 6c-.8 4-3.6 7-8 8.5M5.5 9c1.3 2.5 3.5 4.3 6.5 5.3M11.5 20.5l4.5-10.5 4.5 10.5M13 17h6"/>',
    "last": '<path d="M4 18.5V11c0-1.5.8-2.5 2.3-2.5H10c.8 3.3 3 5.3 6.8 6 2.4.4 3.7 1.5 3.7 3.3v.7zM8 8.5V5M4 14.5h4"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12.2 6M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.4-1.3"/>',
    "list": '<path d="M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.1M4 12h.1M4 18h.1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2.5"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="M3.8 7.2l8.2 6.3 8.2-6.3"/>',
    "map": '<path d="M3.5 6.5l5.5-2.5 6 2.5 5.5-2.5v13.5L15 20l-6-2.5L3.5 20zM9 4v13.5M15 6.5V20"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "message": '<path d="M4 20l1.3-4A8.3 8.3 0 1 1 8.5 19z"/><path d="M9 9.3c0 3.2 2.5 5.7 5.7 5.7l1.1-1.7-2-1.1-1 .9c-.9-.4-1.5-1-1.9-1.9l.9-1-1.1-2z"/>',
    "minus": '<path d="M5 12h14"/>',
    "moon": '<path d="M20 14.3A8.3 8.3 0 0 1 9.7 4a8.3 8.3 0 1 0 10.3 10.3z"/>',
    "people": '<circle cx="9" cy="8.3" r="3.5"/><path d="M2.8 19.5c.5-3.5 2.9-5.5 6.2-5.5s5.7 2 6.2 5.5M15.5 5a3.5 3.5 0 0 1 0 6.6M17.5 14.5c2.1.6 3.4 2.3 3.8 5"/>',
    "phone": '<path d="M5 3.8h3.3l1.7 4.4-2.2 1.7a12 12 0 0 0 6.3 6.3l1.7-2.2 4.4 1.7V19a1.8 1.8 0 0 1-1.9 1.8C10.4 20.3 3.7 13.6 3.2 5.7A1.8 1.8 0 0 1 5 3.8z"/>',
    "pin": '<path d="M12 21.2c4.7-4.7 7.2-8.2 7.2-11.4a7.2 7.2 0 0 0-14.4 0c0 3.2 2.5 6.7 7.2 11.4z"/><circle cx="12" cy="9.8" r="2.6"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "ruler": '<path d="M3.5 15.5l12-12 5 5-12 12zM7 12l2 2M10 9l2.7 2.7M13 6l2 2"/>',
    "search": '<circle cx="10.7" cy="10.7" r="6.7"/><path d="M15.7 15.7l4.8 4.8"/>',
    "send": '<path d="M20.5 3.5L10 14M20.5 3.5l-6.5 17-4-6.5-6.5-4z"/>',
    "share": '<circle cx="6.5" cy="12" r="2.7"/><circle cx="17.5" cy="5.7" r="2.7"/><circle cx="17.5" cy="18.3" r="2.7"/><path d="M8.9 10.7l6.2-3.6M8.9 13.3l6.2 3.6"/>',
    "shield-check": '<path d="M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8z"/><path d="M8.6 11.9l2.5 2.5 4.4-4.9"/>',
    "shop": '<path d="M4 9.5L5.5 4h13L20 9.5M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M5.5 12.5v8h13v-8M9.5 20.5v-5h5v5"/>',
    "sole": '<path d="M9.3 3c2.8 0 4.5 2.4 4.5 5.7 0 2.3-.8 3.8-.8 5.8 0 3.3-.5 6.5-3.2 6.5S6.7 18.7 6.7 16c0-2.6-1.5-4.3-1.5-7.5S6.5 3 9.3 3zM6 8h7M6.2 11.5h6.9M7.2 16h5.5"/><path d="M17 6.5c1.5 1.5 2 3.5 2 5.5s-.5 4-2 5.5"/>',
    "star": '<path d="M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.8v2.4M12 18.8v2.4M2.8 12h2.4M18.8 12h2.4M5.5 5.5l1.7 1.7M16.8 16.8l1.7 1.7M18.5 5.5l-1.7 1.7M7.2 16.8l-1.7 1.7"/>',
    "table": '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><path d="M3.5 9.5h17M3.5 14.5h17M9.5 9.5v10"/>',
    "tag": '<path d="M3.8 4.8v6.7l9 9 7.7-7.7-9-9H4.8a1 1 0 0 0-1 1z"/><path d="M8.2 8.2h.1"/>',
    "trash": '<path d="M4.5 6.5h15M9.5 6.5v-3h5v3M6.5 6.5l.8 12.2a2 2 0 0 0 2 1.8h5.4a2 2 0 0 0 2-1.8l.8-12.2M10.3 10.5v6M13.7 10.5v6"/>',
    "truck": '<path d="M2.5 6h11v10.5h-11zM13.5 10h4l4 3.5v3h-8z"/><circle cx="7" cy="17.5" r="2.2"/><circle cx="17" cy="17.5" r="2.2"/>',
    "upload": '<path d="M12 15.5V4M7 8.5l5-5 5 5M4 17.5v1a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-1"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.4-6.3 7.5-6.3s6.9 2.3 7.5 6.3"/>',
    "warning": '<path d="M12 3.8l9 15.7H3zM12 10v4.5M12 17v.1"/>',
}  # fmt: skip


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """Return an inline svg: hidden from assistive technology unless it is given a label.

    Raises:
        KeyError: There is no icon of this name.

    """
    shape = mark_safe(SHAPES[name])  # noqa: S308  # a constant of this file
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            shape,
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shape)
