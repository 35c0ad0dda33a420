"""What somebody must know about an order, until they noted it (CHG-4)."""
