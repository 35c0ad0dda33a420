"""From a draft to a numbered order: typed, from a file, or entered again (ORD-2, ORD-3)."""
