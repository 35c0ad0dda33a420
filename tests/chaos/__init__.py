"""A shop where everything goes wrong at once, and a reckoning at the end: `python -m tests.chaos --minutes 10`."""
