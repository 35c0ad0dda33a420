"""What an order holds while it stands: goods, promotion pieces, its day (STK-3, CAT-3)."""
