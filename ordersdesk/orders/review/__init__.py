"""Who is asked about an order, and when it goes on (ORD-5, ORD-11, ORD-13)."""
