"""When goods can be with the customer, in one line that explains it (DLV-2…5)."""
