"""`routes …` and `trouble …`."""
