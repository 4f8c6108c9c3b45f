"""What connects people and businesses, as rows."""

from ifn.connections.models.following import Follow

__all__ = ["Follow"]
