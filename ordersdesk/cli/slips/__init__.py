"""`slips …` and `waves`."""
