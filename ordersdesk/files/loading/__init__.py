"""Records out of rows: each kind with its own checks (FIL-1)."""
