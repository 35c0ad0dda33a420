"""What every kind of document is made of: its declaration, its store, what it asks, what waits, what proves it."""
