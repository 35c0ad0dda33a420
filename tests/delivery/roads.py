"""Builders of the road: a dispatcher, and slips that are on it."""

from __future__ import annotations

from typing import Any

from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.loading_actions import load
from ordersdesk.foundation.desk import Desk
from tests.builders import as_role
from tests.delivery.building import a_slip


def dispatcher(desk: Desk) -> Desk:
    """The dispatcher's desk."""
    return as_role(desk, "dispatcher", login="hao")


def driver(desk: Desk) -> Desk:
    """The driver's."""
    return as_role(desk, "driver", login="shifu")


def a_sheet(desk: Desk, *slips: str, route: str = "R1") -> str:
    """A route sheet with these slips on it."""
    number = make(dispatcher(desk), Trip(route, driver="郝师傅", vehicle="沪A12345")).number
    if slips:
        load(dispatcher(desk), number, slips)
    return number


def on_the_road(desk: Desk, *lines: tuple[str, Any], **values: Any) -> str:
    """A slip of an order of its own that has left on a sheet of its own, at whatever hour it was ordered."""
    slip = a_slip(desk, *lines, state="picked", **values).head.number
    depart(dispatcher(desk), a_sheet(desk, slip), other_day="goes ahead")
    return slip
