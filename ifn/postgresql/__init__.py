"""Django's PostgreSQL connection, asked whether it still lives without a question to the server."""
