"""One order with its story."""
