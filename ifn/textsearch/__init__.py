"""Find text in two languages: analyse, index, correct, rank and count, the same on every database."""
