"""A signed-in desk at its intake, as tests of screens use it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

from ordersdesk.catalogue.actions import add_item
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Desk
from ordersdesk.people.actions import add_user
from screens.intake.screen import IntakeScreen
from screens.seat.desk import OrderDesk
from screens.start import with_screens
from tests.builders import as_role, on_shelf
from tests.screens.acting import type_keys, wait_until
from tests.screens.seated import sit_down

MINGYUAN = NewCustomer(
    name="明远办公", contact="王芳", phone="13800138000", address="浦东新区张江路88号", territory="浦东"
)
CODES = ("A4-80", "PEN-1", "HB-2", "STAP", "FOLD")


def furnished(desk: Desk) -> Desk:
    """Put a user, a customer and five items into the database."""
    add_user(as_role(desk, "admin"), login="lin", name="Lin", roles=["agent"], password="demo1234")
    create(desk, MINGYUAN)
    boss = as_role(desk, "admin")
    for number, code in enumerate(CODES):
        add_item(boss, {"code": code, "name": f"复印纸 {code}", "unit": "包", "list_price": Decimal(10 + number)})
        on_shelf(desk, number + 1, 100)
    return desk


@asynccontextmanager
async def at_the_intake(desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """Sign Lin in and go to the intake."""
    app = OrderDesk(lambda: with_screens(desk), home=home, clock=desk.clock)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.rooms is not None)
        await sit_down(pilot, "lin", "demo1234")
        await type_keys(pilot, "<F2>")
        await wait_until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        yield pilot


def intake(pilot: Pilot[int]) -> IntakeScreen:
    """The intake on screen."""
    screen = pilot.app.screen
    assert isinstance(screen, IntakeScreen)
    return screen
