"""Slips on a desk, for tests of the screens that send goods out."""

from __future__ import annotations

from pathlib import Path

from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.picking.actions import pick_all
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.confirming_actions import confirm_all
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer, a_draft, agreed, an_item, as_role

SHEET = "RS20261123-0001"
EVERYTHING = ("order_group", "warehouse", "dispatcher", "driver")


def orders(desk: Desk, count: int = 1) -> list[str]:
    """Confirmed orders of five packs and more, each of another customer; the first is of a key customer."""
    an_item(desk, stock=1000, name="Paper [/] 80g")
    numbers: list[str] = []
    for place in range(1, count + 1):
        customer = f"C{200_000 + place}"
        size = "key" if place == 1 else "small"
        a_customer(desk, customer, name=f"客户 [/] {place}", size_class=size, route=f"R{place % 2 + 1}")
        numbers.append(agreed(desk, a_draft(("A4-80", 4 + place), customer=customer, payment="cash")).number)
    return numbers


def slips(desk: Desk, count: int = 1) -> list[str]:
    """Their slips, made."""
    made = allocate(as_role(desk, "order_group"), Order(numbers=tuple(orders(desk, count))))
    return [each.slip for each in made.made]


def picked(desk: Desk, home: Path, numbers: list[str]) -> list[str]:
    """The same on paper and off the shelf."""
    print_slips(as_role(desk, "order_group"), Wanted(numbers=tuple(numbers)), On(to=home / "slips.txt", form="text"))
    pick_all(as_role(desk, "warehouse"), numbers)
    return numbers


def on_the_road(desk: Desk, home: Path, numbers: list[str]) -> str:
    """The same on a route sheet that has left; its number."""
    dispatcher = as_role(desk, "dispatcher")
    trip = Trip("R1", driver="Gao", vehicle="A·D3102")
    confirm_all(dispatcher, numbers)
    return depart(dispatcher, make(dispatcher, trip, slips=picked(desk, home, numbers)).number).number
