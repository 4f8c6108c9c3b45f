"""Pages of enquiries: written, read and answered, by link, and by the office."""
