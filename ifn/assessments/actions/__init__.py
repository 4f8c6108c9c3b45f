"""What happens to questionnaires and assessments; the only place of this room that writes."""
