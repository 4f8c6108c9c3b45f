"""Measurements: figures with a floor in the same run; never part of the tests."""
