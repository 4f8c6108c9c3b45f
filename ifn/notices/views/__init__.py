"""The pages of this room: the notice centre, wishes, and what links in messages open."""
