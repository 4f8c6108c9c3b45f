"""What names an answer: it changes with whatever the answer is made from, and with nothing else."""

import hashlib
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from ifn.directory.listings import COLLECTION
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.regions.queries import all_regions
from ifn.textsearch.queries import state
from ifn.vocabulary.queries import lexicon

#: A new version of the platform may give other fields for the same data.
_SHAPE: Final = " ".join(field.name for field in OPEN_FIELDS)


def tag_now(request: HttpRequest) -> str:
    """Return the entity tag of an address; asked before reading, it never names what is newer."""
    return tag_of(request, state(COLLECTION))


def tag_of(request: HttpRequest, searched: tuple[int, int] | None) -> str:
    """Return the entity tag of an address in a state of the directory.

    It is weak, because answers travel compressed.
    """
    made_from = (
        searched,
        lexicon.edition(),
        all_regions.edition(),
        settings.PUBLIC_ADDRESS,
        _SHAPE,
        request.get_full_path(),
        request.headers.get("Accept-Language", ""),
    )
    return f'W/"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:24]}"'
