"""Where is my order? (ORD-14)."""
