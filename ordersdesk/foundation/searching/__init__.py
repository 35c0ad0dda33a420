"""Finding by anything a caller says (CUS-2, CAT-2)."""
