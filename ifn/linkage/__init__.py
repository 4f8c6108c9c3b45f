"""Are these two records the same firm? Pure functions, no Django."""
