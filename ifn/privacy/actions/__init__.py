"""What happens to requests about personal data, copies of them, and breaches."""
