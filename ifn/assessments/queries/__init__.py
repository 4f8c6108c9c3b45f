"""Questions about questionnaires, assessments and what firms need."""
