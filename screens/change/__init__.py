"""Changing an order: old and new side by side before anything is written; and a change request once it is asked for."""
