"""What a customer is: tables, rows, rules, and what finds one (CUS-1, CUS-2)."""
