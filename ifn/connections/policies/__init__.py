"""Who may see and do what between those who need something and those who have it."""
