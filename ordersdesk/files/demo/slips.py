"""What the demo's goods are doing: one slip is on the road, one is picked, the others wait for their paper."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.picking.actions import pick_all
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.confirming_actions import confirm
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.creation_actions import Made
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.queries import Filter, page

EARLY = "客户急用，提前出车"
DRIVER, VEHICLE = "高大伟", "沪A·D3102"


def on_their_way(desk: Desk) -> None:
    """Allocate what is confirmed, and take the first slips along their way."""
    waiting = [entry for entry in page(desk, Filter(state="confirmed")) if entry.delivery == "none"]
    if not waiting:
        return
    made = allocate(desk, Order(numbers=tuple(sorted(entry.number for entry in waiting)))).made
    _on_paper(desk, made[:2])
    pick_all(desk, [slip.slip for slip in made[:2]])
    for slip in made[:1]:
        if slip.goes_with:
            trip = Trip(slip.goes_with, driver=DRIVER, vehicle=VEHICLE)
            confirm(desk, slip.slip)
            # The demo is opened at any hour: after the last departure the sheet is of the next day.
            depart(desk, make(desk, trip, slips=[slip.slip]).number, other_day=EARLY)


def _on_paper(desk: Desk, slips: tuple[Made, ...]) -> None:
    """Print as text into a folder nobody keeps: what counts is that they are printed."""
    with tempfile.TemporaryDirectory() as folder:
        on = On(to=Path(folder) / "slips.txt", form="text")
        print_slips(desk, Wanted(numbers=tuple(slip.slip for slip in slips)), on)
