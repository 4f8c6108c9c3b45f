"""What people fill in around questionnaires and assessments, made clean."""
