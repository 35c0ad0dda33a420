"""Late, lost or damaged on the road, and the claim (DLV-8)."""
