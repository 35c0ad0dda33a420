"""Files in and out (FIL-1…3): reading foreign tables, mapping them, importing, exporting."""
