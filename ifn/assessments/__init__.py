"""Questionnaires for firms, how firms answer them, and what they need most."""
