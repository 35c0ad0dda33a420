"""The numbers of the handbook with their rules, and what a site may set."""
