"""The pages of lists that come in."""
