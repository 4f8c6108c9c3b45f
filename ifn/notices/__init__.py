"""What people are told: kept for them on the site, and gathered into one message when they like."""
