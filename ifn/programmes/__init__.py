"""Mentoring in batches: who comes and why, what is taught, who was there, what they get for it."""
