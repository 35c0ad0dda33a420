"""Orders out of rows: gathered, known again, written whole or not at all (FIL-1, CAL-7)."""
