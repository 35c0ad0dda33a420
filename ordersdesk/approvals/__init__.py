"""Approvals: whoever must agree before a document goes on, one mechanism for every kind (USR-2 … USR-4)."""
