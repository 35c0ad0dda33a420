"""Short stock is dealt anew (SLP-1)."""
