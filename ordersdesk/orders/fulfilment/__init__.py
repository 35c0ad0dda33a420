"""What slips and receipts do to orders (ORD-3, STK-7)."""
