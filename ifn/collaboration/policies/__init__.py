"""Who may do what in collaborations: plain questions with yes or no for an answer."""
