"""Questions about batches, who is in them and what they did there."""
