"""Who is calling, and who it may already be (CUS-2, CUS-4, CAL-3)."""
