"""Slips on paper: each printed once, whoever prints (SLP-2, SLP-3)."""
