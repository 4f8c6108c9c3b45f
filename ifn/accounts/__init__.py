"""People who sign in, and who may open a view."""
