"""What happens to batches and in them."""
