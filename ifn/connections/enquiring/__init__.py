"""What is true of enquiries without a database: states, codes, challenge, suspicion, habits."""
