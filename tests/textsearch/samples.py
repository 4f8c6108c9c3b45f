"""Small entries to put into a collection."""

from ifn.textsearch.analysis import Field
from ifn.textsearch.entries import Entry


def entry(key, text="", *, name="", quality=0.0, facets=None, numbers=None):
    return Entry(
        key,
        (Field(name, weight=3, is_name=True), Field(text, "id")),
        facets or {},
        numbers or {},
        quality,
    )
