"""Order confirmation sheets: printed, out, back and signed (ORD-6)."""
