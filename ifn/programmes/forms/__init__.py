"""What people enter about batches, in them and for them."""
