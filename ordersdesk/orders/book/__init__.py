"""The order book, an order's page, and what is said of it aloud (ORD-8, ORD-9)."""
