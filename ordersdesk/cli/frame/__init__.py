"""How the command line speaks: help, usage errors, refusals, faults."""
