"""What everything known about a draft says of it: priced, promised and reviewed, nothing written (ORD-4, ORD-5)."""
