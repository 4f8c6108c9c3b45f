"""Requests about personal data to test with."""

from typing import Any

from ifn.privacy.actions import requests as actions
from ifn.privacy.models import DataRequest
from tests.factories.directory import AT


def asked(kind: str = "erasure", **options: Any) -> DataRequest:
    """Return a request that came in by the form."""
    at, actor = options.pop("at", AT), options.pop("actor", None)
    given: dict[str, Any] = {"way": "form", "name": "Ratna", "email": "ratna@kelom.example"}
    return actions.receive(actions.Asked(kind=kind, **given | options), actor=actor, at=at)
