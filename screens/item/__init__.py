"""One item: what it is, what it costs whom, and planning's keys for both."""
