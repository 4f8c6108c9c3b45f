"""An invented network to try the platform with, marked as demo and removable at once."""
