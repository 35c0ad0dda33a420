"""One database, SQLite or PostgreSQL, and how rows get in and out of it (DB-1…5)."""
