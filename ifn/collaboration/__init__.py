"""Working together: calls, projects with partners, batches that are handed out, releases."""
