"""Tables out of any file, bounded before they are read (FIL-1)."""
