"""Things that happen between those who need something and those who have it."""
