"""Route sheets: out onto the road and back."""
