"""Papers as PDF, set by typst (SLP-3)."""
