"""One change request, read and taken back."""
