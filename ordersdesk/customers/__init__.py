"""Customers: found by anything a caller says, made in a minute, never doubled (CUS)."""
