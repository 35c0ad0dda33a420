"""What an order is: its tables, its life, and the reads everybody needs (ORD-2, ORD-3)."""
