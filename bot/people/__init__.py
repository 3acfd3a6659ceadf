"""Who is here and as what: invitations, roles, quota, leave, one's own details."""
