"""Which column is which field, and what its cells mean (FIL-1)."""
