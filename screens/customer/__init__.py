"""Customers: look one up, make one, change one."""
