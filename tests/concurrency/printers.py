"""Clerks who print, each in a process of its own."""

from __future__ import annotations

from ordersdesk.delivery.papers.actions import On, Printed, print_slips
from ordersdesk.delivery.slips.print_rules import Wanted
from tests.builders import as_role
from tests.concurrency.together import own_desk


def print_all(folder: str) -> list[Printed]:
    """Print what waits, again and again until nothing does."""
    clerk = as_role(own_desk(), "order_group")
    made = [print_slips(clerk, Wanted(), On(to=folder, form="escp")) for _ in range(3)]
    return [one for one in made if one.numbers]
