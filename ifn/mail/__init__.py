"""Messages to people: a row first, sent after commit."""
