"""Every tag of the design system. How each is written stands in docs/develop/design-system.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ifn.ui import charts, components, formrendering, icons, listing, maps, numbers, pieces, shell
from ifn.ui import offers as offering

register = Library()

register.tag("slot", components.slot)
components.register(register, "card", title="", href="", place="", level=3)
components.register(register, "panel", title="", tone="", stitched=False, level=2)
components.register(register, "notice", title="", tone="info", role="")
components.register(register, "empty", title="", icon="search", level=2)
components.register(register, "disclosure", title="", open=False, kind="", icon="", id="")
components.register(register, "dialog", id="", title="")
components.register(register, "explain", term="", id="", title="")
components.register(register, "pictures", label="")
components.register(register, "data_table", caption="", label="")
components.register(register, "figure_key", body=False, value="", label="", source="", note="")
components.register(register, "facts", body=False, items=())
components.register(register, "decide", body=False, items=())
components.register(register, "definitions", body=False, items=())
components.register(register, "proof", body=False, items=())
components.register(register, "timeline", body=False, months=(), level=2)
components.register(register, "link_strip", body=False, items=(), label="")
components.register(register, "tabs", body=False, items=(), label="", kind="")
components.register(register, "breadcrumb", body=False, items=(), here="")
components.register(
    register, "progress", body=False, label="", value=None, maximum=100, state="", note=""
)
components.register(register, "skeleton", body=False, label="")
components.register(
    register,
    "search_box",
    body=False,
    action="",
    value="",
    name="q",
    placeholder="",
    label="",
    suggest="",
    keep=(),
    size="",
    id="search",
)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return icons.icon(name, str(label))


def _face(text: object, icon: str, count: object) -> SafeString:
    return format_html(
        "{}{}{}",
        icons.icon(icon) if icon else "",
        text,
        format_html(' <span class="count">{}</span>', count) if count else "",
    )


def _attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    return {
        name.rstrip("_").replace("_", "-"): value if isinstance(value, bool) else str(value)
        for name, value in attributes.items()
        if value is not None and value is not False and value != ""
    }


@register.simple_tag
def button(text: str, icon: str = "", count: object = None, **attributes: Any) -> SafeString:
    """Write a button; `kind` and `size` choose its look, every other argument is an attribute."""
    look = {f"data-{key}": attributes.pop(key, "") for key in ("kind", "size", "wide")}
    written = _attributes({"type": "submit", "class": "button", **attributes, **look})
    return format_html("<button{}>{}</button>", flatatt(written), _face(text, icon, count))


@register.simple_tag
def link_button(text: str, href: str, icon: str = "", **attributes: Any) -> SafeString:
    """Write a link that looks like a button."""
    look = {f"data-{key}": attributes.pop(key, "") for key in ("kind", "size", "wide")}
    written = _attributes({"class": "button", "href": href, **attributes, **look})
    return format_html("<a{}>{}</a>", flatatt(written), _face(text, icon, None))


@register.simple_tag
def badge(text: str, tone: str = "", icon: str = "") -> SafeString:
    return pieces.badge(text, tone, icon)


@register.simple_tag
def picture(src: str | pieces.Picture = "", **values: Any) -> SafeString:
    """Write a picture from its address and properties, or from a Picture; a stand-in for none."""
    if isinstance(src, pieces.Picture):
        return pieces.picture(src)
    return pieces.picture(pieces.Picture(src or "", **values))


@register.simple_tag
def choices(
    name: str,
    legend: str,
    options: Iterable[pieces.Choice],
    kind: str = "checkbox",
    open: bool = True,  # noqa: A002  # as in HTML
) -> SafeString:
    """Write a filter that folds: checkboxes or radio buttons with counts."""
    return pieces.choices(name, legend, options, kind=kind, open_=open)


@register.simple_tag
def chip(
    text: str, href: str = "", tone: str = "", icon: str = "", **attributes: Any
) -> SafeString:
    """Write a chip; with `href` it is a link."""
    face = _face(text, icon, None)
    written = _attributes({"class": "chip", "data-tone": tone, "href": href, **attributes})
    return format_html("<{0}{1}>{2}</{0}>", "a" if href else "span", flatatt(written), face)


@register.simple_tag
def pill(text: str, remove: str) -> SafeString:
    """Write an active filter with a link that takes it off."""
    return listing.pill(text, remove)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Write a person's or a firm's first letter; the name itself stands beside it."""
    return format_html(
        '<span class="avatar" aria-hidden="true"{}>{}</span>',
        flatatt(_attributes({"data-size": size})),
        str(name).strip()[:1].upper(),
    )


@register.simple_tag
def field(bound: BoundField, unit: str = "", autocomplete: str = "") -> SafeString:
    """Write one field of a form with label, help and error."""
    return formrendering.field(bound, unit=unit, autocomplete=autocomplete)


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """Write what is wrong with a form, each line a link to its field; nothing when nothing is."""
    return formrendering.error_summary(form)


@register.simple_tag(name="form")
def form_fields(form: BaseForm) -> SafeString:
    """Write a whole form's inside: the error summary, hidden fields, every field in order."""
    return formrendering.fields(form)


@register.simple_tag
def bar_chart(items: Iterable[charts.Bar], caption: str = "", unit: str = "") -> SafeString:
    """Write horizontal bars; the table is the chart."""
    return charts.bars(items, caption=caption, unit=unit)


@register.simple_tag
def trend_chart(
    points: Iterable[charts.Point], title: str, unit: str = "", source: str = "", name: str = ""
) -> SafeString:
    """Write a line over time with its table folded below."""
    return charts.trend(points, title=title, unit=unit, source=source, name=name)


@register.simple_tag
def sparkline(values: Sequence[float], label: str) -> SafeString:
    """Write a line as small as a word."""
    return charts.spark(values, label=label)


@register.simple_tag
def bubble_map(
    bubbles: Iterable[maps.Bubble], title: str, unit: str = "", name: str = ""
) -> SafeString:
    """Write a map of Indonesia with its table folded below."""
    return maps.bubble_map(bubbles, title=title, unit=unit, name=name)


@register.filter
def readable(value: float) -> str:
    """Write a number as people read it in the language in force: 1.250,5 or 1,250.5."""
    return numbers.readable(value)


@register.simple_tag(takes_context=True)
def pagination(
    context: Context,
    pages: Any = None,
    number: int | None = None,
    last: int | None = None,
    name: str = "page",
) -> SafeString:
    """Write links to the pages of a list, from Django's page object or from two numbers."""
    if pages is not None:
        number, last = pages.number, pages.paginator.num_pages
    return listing.pagination(int(number or 1), int(last or 1), context["request"].GET, name)


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: Any) -> str:
    """Write the present query with some values replaced; an empty value takes one away."""
    return listing.query_with(context["request"].GET, changes)


@register.simple_block_tag
def document_title(content: str) -> SafeString:
    words = shell.as_attribute(content)
    return format_html('<title>{0}</title>\n<meta property="og:title" content="{0}">', words)


@register.simple_block_tag
def document_description(content: str) -> SafeString:
    words = shell.as_attribute(content)
    if not words:
        return SafeString()
    return format_html(
        '<meta name="description" content="{0}">\n<meta property="og:description" content="{0}">',
        words,
    )


@register.inclusion_tag("ui/components/offers.html", takes_context=True)
def offers(context: Context, place: str, thing: Any) -> dict[str, Any]:
    """Write what other rooms offer at this place of a page, beside the thing it is about."""
    return {"offers": offering.offered(place, context["request"], thing)}


@register.simple_tag(takes_context=True)
def document_addresses(context: Context) -> SafeString:
    return shell.addresses(context["here"], str(context.get("canonical", "")))


@register.simple_tag(takes_context=True)
def page_assets(context: Context) -> SafeString:
    return shell.assets(context["here"].language)


@register.simple_tag
def share_picture(address: str = "", alt: str = "") -> SafeString:
    """Write the picture that shared links show; an address may leave out the host."""
    return shell.share_picture(address, alt)


@register.simple_tag
def stylesheet_if_any() -> SafeString:
    """Link the stylesheet where static files are in order; an error page does without otherwise."""
    return shell.stylesheet_if_any()


@register.simple_tag(takes_context=True)
def page_header(context: Context) -> SafeString:
    return shell.header(context["request"], context["here"], context.get("unread_notices"))


@register.simple_tag(takes_context=True)
def page_footer(context: Context) -> SafeString:
    return shell.footer(context["here"].language)
