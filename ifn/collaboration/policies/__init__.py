"""Who may do what in this room: plain questions with yes or no for an answer."""
