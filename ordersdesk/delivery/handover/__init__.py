"""What became of goods at the door, and the cash (SLP-6, PAY-6)."""
