"""How batches, registrations and sessions may stand and follow each other. Pure."""
