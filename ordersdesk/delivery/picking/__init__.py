"""The warehouse fetches what slips ask for (SLP-4)."""
