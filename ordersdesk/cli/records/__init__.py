"""Customers, goods and stock: `customers …`, `items …`, `stock …`."""
