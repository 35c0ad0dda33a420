"""What a change makes of an order, before anything is written (CHG-1, CHG-2)."""
