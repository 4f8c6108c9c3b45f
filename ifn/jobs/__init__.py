"""Background work and its progress, on the platform's own database."""
