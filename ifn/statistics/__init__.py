"""Figures of the sector, each with its source."""
