"""Pages of calls for partners."""
