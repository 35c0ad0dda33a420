"""`orders …` and `promises`."""
