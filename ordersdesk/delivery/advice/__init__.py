"""The customer is told, asked, and signs (SLP-8)."""
