"""The catalogue: items found by anything an agent hears, and what each costs whom (CAT)."""
