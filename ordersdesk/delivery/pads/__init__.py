"""Pads of handwritten slips: issued, entered, paired with the system's own (SLP-7)."""
