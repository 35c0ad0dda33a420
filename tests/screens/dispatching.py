"""Slips on a desk, for tests of the screens that send goods out."""

from __future__ import annotations

from ordersdesk.delivery.allocating_actions import Order, allocate
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer, a_draft, agreed, an_item, as_role

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
