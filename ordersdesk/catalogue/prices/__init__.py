"""What goods cost whom, and since when (CAT-3)."""
