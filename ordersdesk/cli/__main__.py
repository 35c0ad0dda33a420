"""`python -m ordersdesk.cli`."""

from ordersdesk.cli import main

main()
