"""Users, roles, sign-in and rights (USR)."""
