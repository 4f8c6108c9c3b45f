"""The vocabulary as it ships; tests take real words instead of inventing some."""

from ifn.regions.shipped import Loaded
from ifn.vocabulary.actions import load_shipped
from ifn.vocabulary.models import Term
from tests.factories.regions import LOADED_AT, load_regions


def load_vocabulary() -> Loaded:
    """Load regions and vocabulary; quick when they are there already."""
    load_regions()
    return load_shipped(at=LOADED_AT)


def term(vocabulary: str, code: str) -> Term:
    """Return a shipped term."""
    return Term.objects.get(vocabulary=vocabulary, code=code)
