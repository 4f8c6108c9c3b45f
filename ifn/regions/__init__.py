"""Provinces, regencies and cities under their official codes."""
