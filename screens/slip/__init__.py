"""One delivery slip."""
