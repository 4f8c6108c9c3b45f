"""Things that happen in this room; the only place that writes."""
