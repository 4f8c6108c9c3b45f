"""Questions of this room that need more than one table, or the directory."""
