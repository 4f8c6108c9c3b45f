"""What people write in collaborations."""
