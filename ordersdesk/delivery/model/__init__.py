"""Slips, route sheets and trouble: their tables, their lives, and what is read of them everywhere (SLP-9)."""
