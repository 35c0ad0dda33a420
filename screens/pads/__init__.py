"""Pads of handwritten slips: who has them, what is written on them, what is missing (SLP-7)."""
