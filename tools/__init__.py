"""Set up, run, test and check the platform; the Makefile calls these."""
