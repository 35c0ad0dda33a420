"""Calls: from ring to outcome, parked and resumed with everything that was typed (CAL)."""
