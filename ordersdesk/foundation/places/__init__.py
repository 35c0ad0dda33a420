"""Provinces and cities read from addresses (CUS-12)."""
