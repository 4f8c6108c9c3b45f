"""Pages of calls, projects, batches and releases."""
