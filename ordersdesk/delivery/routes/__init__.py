"""Route sheets: made, loaded, departed (SLP-4, SLP-5)."""
