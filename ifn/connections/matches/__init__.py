"""From stored opportunities and profiles to what ``matching`` compares, and a field kept ready."""
