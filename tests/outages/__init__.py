"""What the machine does to acts in the middle of their transaction, in every room, on both databases."""
