"""`pads …` and `outage-pack`."""
