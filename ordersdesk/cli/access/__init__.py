"""Who acts: `login`, `users …`, tokens and passwords (USR-1)."""
