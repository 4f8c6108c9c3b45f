"""Background work of this room."""

from ifn.collaboration.tasks.projects import forget_guests, remind_of_milestones

__all__ = ["forget_guests", "remind_of_milestones"]
