"""What every kind of document is made of."""
