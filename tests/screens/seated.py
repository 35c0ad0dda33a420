"""The desk with somebody at it, for tests of its screens: a real database, a fixed clock, no door to pass."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.people.actions import add_user
from screens.seat.desk import OrderDesk
from screens.start import with_screens
from tests.screens.acting import type_keys, wait_until

PASSWORD = "paper-clip"


def a_user(desk: Desk, login: str = "lin", *roles: str, language: str = "en") -> None:
    """Somebody who may sign in."""
    boss = desk.signed_in(SYSTEM)
    add_user(boss, login=login, name=login.title(), roles=roles or ("agent",), password=PASSWORD, language=language)


@asynccontextmanager
async def at_the_door(desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """The desk with nobody at it yet."""
    app = OrderDesk(lambda: with_screens(desk), home=home, clock=desk.clock)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.rooms is not None)
        yield pilot


@asynccontextmanager
async def seated(
    desk: Desk, home: Path, *roles: str, login: str = "lin", size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[Pilot[int]]:
    """The desk with a user at it, on the home screen."""
    a_user(desk, login, *roles, language=language)
    async with at_the_door(desk, home, size=size) as pilot:
        await sit_down(pilot, login)
        yield pilot


async def sit_down(pilot: Pilot[int], login: str, password: str = PASSWORD) -> None:
    """Be seated without typing at the door, which has tests of its own."""
    app = desk_of(pilot)
    await app.sit_down(app.rooms.sign_in(login, password))
    await wait_until(pilot, lambda: not app.is_at_door and app.is_at_rest)


async def sign_in(pilot: Pilot[int], login: str) -> None:
    """Come in through the door."""
    await type_keys(pilot, f"{login}<Enter>{PASSWORD}<Enter>")
    await wait_until(pilot, lambda: desk_of(pilot).area != "door")


def desk_of(pilot: Pilot[int]) -> OrderDesk:
    """The application."""
    assert isinstance(pilot.app, OrderDesk)
    return pilot.app
