"""The intake: from the ringing phone to a confirmed order on one screen (CAL-4)."""
