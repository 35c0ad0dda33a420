"""Who may sit at the desk: for administrators (USR-7)."""
