"""Papers for printers without pages: dot matrix, thermal, plain text (SLP-3)."""
