"""Pages for everybody, for members about their own data, and for the office."""
