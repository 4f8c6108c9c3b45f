"""The pages of questionnaires, assessments and what came of them."""
