"""A call that rings pops the intake of a free desk and never takes the focus from somebody who types (CAL-3)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from ordersdesk.calls.queries import of_day, unfinished
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.machine.popline import pop
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.stock.queries import held_by
from screens.intake.screen import IntakeScreen
from tests.builders import an_item, release_lapsed
from tests.screens.acting import type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated
from tests.screens.test_customer import MINGYUAN

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_free_desk_opens_the_intake_with_the_caller(desk: Desk, tmp_path: Path) -> None:
    create(desk, MINGYUAN)
    async with seated(desk, tmp_path) as pilot:
        login = await asyncio.to_thread(pop, tmp_path, "13800138000")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, IntakeScreen))
        await wait_for(pilot, "明远办公", "王芳")
        assert login == "lin"


async def test_a_busy_desk_says_who_rings_and_f2_answers(desk: Desk, tmp_path: Path) -> None:
    create(desk, MINGYUAN)
    an_item(desk, stock=10)
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        await type_keys(pilot, "<F2>Nobody")
        desk_of(pilot).ring("13800138000")
        await wait_for(pilot, "13800138000 明远办公 rings: F2 answers", "Nobody")
        await type_keys(pilot, "<F2>")
        await wait_for(pilot, "王芳")
        assert [ring.state for ring in unfinished(desk) if ring.draft.get("typing")] == ["parked"]


async def test_a_call_rings_with_the_pop_and_is_taken_by_the_key(desk: Desk, tmp_path: Path) -> None:
    create(desk, MINGYUAN)
    clock, rang = cast(FixedClock, desk.clock), desk.now()
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        await type_keys(pilot, "<F2>Nobody")
        desk_of(pilot).ring("13800138000")
        await wait_for(pilot, "13800138000 明远办公 rings: F2 answers")
        clock.advance(timedelta(seconds=7))
        await type_keys(pilot, "<F2>")
        await wait_for(pilot, "王芳")
        await type_keys(pilot, "<F3>enquiry<Enter><Enter>")
        await wait_for(pilot, "The call is ended.")
    call = next(one for one in of_day(desk, desk.today()) if one.presented == "138****8000")
    assert (call.rang_at, call.answered_at, call.reason) == (rang, rang + timedelta(seconds=7), "enquiry")


async def test_a_call_that_opened_by_itself_is_taken_with_the_first_key(desk: Desk, tmp_path: Path) -> None:
    create(desk, MINGYUAN)
    clock, rang = cast(FixedClock, desk.clock), desk.now()
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        desk_of(pilot).ring("13800138000")
        await wait_for(pilot, "明远办公", "王芳")
        clock.advance(timedelta(seconds=4))
        await type_keys(pilot, "<F3>enquiry<Enter>complaint<Enter>")
        await wait_for(pilot, "The call is ended.")
    (call,) = of_day(desk, desk.today())
    assert (call.rang_at, call.answered_at) == (rang, rang + timedelta(seconds=4))
    assert (call.reason, call.outcome) == ("complaint", "enquiry")


async def test_typing_anywhere_is_not_interrupted(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7>ming")
        desk_of(pilot).ring("13800138000")
        await wait_for(pilot, "13800138000 rings: F2 answers")
        await type_keys(pilot, "yuan")
        await wait_for(pilot, "mingyuan")


async def test_a_locked_desk_takes_no_call(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Ctrl+O>")
        assert list(tmp_path.glob("*.socket")) == []
        await wait_for(pilot, "Locked.")


async def test_quitting_with_an_open_call_asks_once(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F2>Nobody<Ctrl+Q>")
        await wait_for(pilot, "A call is open and stays as it is. Ctrl+Q again quits.")


async def test_a_desk_that_is_there_keeps_the_holds_of_its_calls(desk: Desk, tmp_path: Path) -> None:
    create(desk, MINGYUAN)
    an_item(desk, stock=10)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F2>C000001<Enter>A4-80<Enter>5<Enter>")
        await wait_until(pilot, lambda: unfinished(desk))
        key = unfinished(desk)[0].key
        cast(FixedClock, desk.clock).advance(timedelta(minutes=29))
        seat = desk_of(pilot).seat
        assert seat is not None
        seat.be_heard()
        cast(FixedClock, desk.clock).advance(timedelta(minutes=29))
        assert release_lapsed(desk) == 0
        with desk.reading() as session:
            assert sum(held_by(session, key).values()) == 5
