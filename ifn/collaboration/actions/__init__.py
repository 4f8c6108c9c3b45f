"""Things that happen in collaborations; the only place that writes them."""
