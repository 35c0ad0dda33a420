"""Phones: read, told apart, written (CUS-3)."""
