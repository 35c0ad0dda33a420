"""What is done about customers: made, changed, merged, handed over (CUS)."""
