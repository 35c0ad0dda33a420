"""From confirmed orders to slips, written anew or void (SLP-1)."""
