"""The delivery room: from a confirmed order to a signed slip, and what happened on the road (DLV, SLP)."""
