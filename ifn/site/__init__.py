"""Pages that stand for a thing as a whole: home, profile, what every visitor meets first."""
