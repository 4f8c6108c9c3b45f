"""Chains that are proposed, and what they lacked."""

from ifn.connections.models.chains import KEPT, Chain, ChainQuerySet, UnfilledLink

__all__ = ["KEPT", "Chain", "ChainQuerySet", "UnfilledLink"]
