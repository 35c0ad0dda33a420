"""Money that came in for orders, and orders that wait for it (PAY-3)."""
