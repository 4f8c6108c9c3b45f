"""What is asked of collaborations over several tables."""
