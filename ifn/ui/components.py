"""Template tags that are components: named properties, a body, named slots, one template each.

A component's template sees its properties, `body` and `slots`, and nothing else of the page.
"""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe


def _rendered(nodelist: NodeList, context: Context) -> SafeString:
    return mark_safe(nodelist.render(context).strip())  # noqa: S308  # a template's own output


class SlotNode(Node):
    """A named piece of a component's body; the component around it decides where it goes."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:  # noqa: ARG002  # Django's signature
        return SafeString()


class ComponentNode(Node):
    """One use of a component on a page."""

    def __init__(
        self,
        name: str,
        properties: Mapping[str, FilterExpression],
        defaults: Mapping[str, Any],
        nodelist: NodeList,
    ) -> None:
        self.name = name
        self.properties = properties
        self.defaults = defaults
        self.nodelist = nodelist
        self.slots = [node for node in nodelist if isinstance(node, SlotNode)]

    def render(self, context: Context) -> SafeString:
        values = dict(self.defaults)
        values.update((name, value.resolve(context)) for name, value in self.properties.items())
        values["slots"] = {slot.name: _rendered(slot.nodelist, context) for slot in self.slots}
        values["body"] = _rendered(self.nodelist, context)
        template = context.template.engine.get_template(f"ui/components/{self.name}.html")  # type: ignore[union-attr]
        return template.render(context.new(values))


def slot(parser: Parser, token: Token) -> SlotNode:
    """Read `{% slot name %}…{% endslot %}`."""
    try:
        _tag, name = token.split_contents()
    except ValueError:
        raise TemplateSyntaxError("slot takes one name, as in {% slot foot %}") from None
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


def register(library: Library, name: str, /, *, body: bool = True, **defaults: Any) -> None:
    """Make a tag of `ui/components/<name>.html` with these properties and their defaults.

    The first property may be given without its name. An unknown property is an error when the
    template is read, not a silence when it is shown.
    """
    first = next(iter(defaults), "")

    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        bits = token.split_contents()[1:]
        given: dict[str, FilterExpression] = {}
        if bits and first and "=" not in bits[0].split('"')[0].split("'")[0]:
            given[first] = parser.compile_filter(bits.pop(0))
        given |= token_kwargs(bits, parser)
        if bits or not set(given) <= set(defaults):
            wrong = bits or sorted(set(given) - set(defaults))
            raise TemplateSyntaxError(f"{name} does not know {', '.join(wrong)}")
        nodelist = NodeList()
        if body:
            nodelist = parser.parse((f"end{name}",))
            parser.delete_first_token()
        return ComponentNode(name, given, defaults, nodelist)

    library.tag(name, compile_tag)
