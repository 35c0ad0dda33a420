"""Approvals: what waits for my yes."""
