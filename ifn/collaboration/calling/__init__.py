"""What a call asks and how applications are judged: pure functions, and their words."""
