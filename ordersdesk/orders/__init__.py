"""Orders: from a draft typed on the phone to a numbered, confirmed document (ORD)."""
