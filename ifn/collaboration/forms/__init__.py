"""What people enter in collaborations, made into clean values."""
