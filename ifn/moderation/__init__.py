"""What the office decides about others' profiles: claims, reports, and the list of waiting work."""
