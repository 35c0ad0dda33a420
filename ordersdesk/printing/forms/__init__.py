"""A form as plain texts, on whatever paper it goes."""
