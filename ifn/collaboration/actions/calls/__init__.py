"""What happens to calls, invitations, applications and panels."""
