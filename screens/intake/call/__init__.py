"""The call in hand: who it is, what is typed of it, how it ends."""
