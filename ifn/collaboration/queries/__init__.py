"""Questions over calls, projects, batches and releases."""
