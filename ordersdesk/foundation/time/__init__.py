"""Clocks, days and hours of work (DLV-3)."""
