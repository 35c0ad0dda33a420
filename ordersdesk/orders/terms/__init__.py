"""What an order says, as plain values: drafts, lines, how far goods and money are, and its words (ORD-1, ORD-3)."""
