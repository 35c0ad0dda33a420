"""What lies on the shelves, who holds it, and what is on its way (STK)."""
