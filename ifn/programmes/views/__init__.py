"""Pages of the office, of firms and those who come, and of everybody."""
