"""What names an answer: it changes with whatever the answer is made from, and with nothing else."""

import hashlib
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate

from ifn.api import schemas
from ifn.api.problems import language_of
from ifn.directory.freshness import limits_on
from ifn.directory.listings import COLLECTION
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.regions.queries import all_regions
from ifn.textsearch.queries import state
from ifn.vocabulary.queries import lexicon

#: A new version of the platform may give other fields, or ask for others, with the same data.
_SHAPE: Final = repr(
    (
        [(field.name, field.kind) for field in OPEN_FIELDS],
        schemas.BusinessQuery.model_json_schema(),
        schemas.BusinessPage.model_json_schema(),
    )
)


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
        limits_on(localdate()),  # old profiles leave the answers by themselves
        _SHAPE,
        request.get_full_path(),
        language_of(request),
    )
    return f'W/"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:24]}"'
