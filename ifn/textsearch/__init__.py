"""Find text in two languages: analyse, index, correct, rank, count; alike on every database."""
