"""Proofs of slips and route sheets, and the figures of the board."""
