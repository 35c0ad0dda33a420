"""Customers out of files, compared with those that are there (FIL-1)."""
