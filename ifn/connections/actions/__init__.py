"""What happens between people and businesses; the only place that writes it."""
