"""Pages of the open data, of keys, and cards that other sites embed."""
