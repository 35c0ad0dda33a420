"""Forms and fields: what is typed, and what there is to say about it."""
