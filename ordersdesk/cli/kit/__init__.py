"""What commands are made of: which desk, which options, how an answer is printed."""
