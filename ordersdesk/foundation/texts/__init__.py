"""Texts as people type, read and hear them."""
