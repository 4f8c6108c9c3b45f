"""Lists that come in: read, map, and turn into profiles, with a report for every row."""
