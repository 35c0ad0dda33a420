"""Selling without power (JOY-9)."""
