"""What a page of results says, for tests to read."""

import re
from html import unescape


def names(answer):
    return [row.content["name"] for row in answer.context["found"].rows]


def html_of(answer):
    return unescape(answer.content.decode())


def pills(answer):
    """Return the pills by their words, each with the address that takes it off."""
    html = answer.content.decode()
    found = re.findall(r'<span class="chip" data-removable>(.*?)<a href="([^"]*)"', html)
    return {unescape(text): unescape(address) for text, address in found}
