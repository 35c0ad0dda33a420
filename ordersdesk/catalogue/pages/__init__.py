"""An item as planning looks at it (CAT-6)."""
