"""The lines of an order as they are taken."""
