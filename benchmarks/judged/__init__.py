"""Queries over the demo network with what would please whoever asked; see spec.py."""
