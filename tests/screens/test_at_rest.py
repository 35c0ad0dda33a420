"""The question Textual cannot answer: has everything been dealt with?"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input, Static

from screens.ground.idle import Rest
from tests.screens.acting import wait_until


class Chain(Message):
    """A message that makes the next widget do something."""


class Slow(Static):
    """Takes its time over a message."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.go = asyncio.Event()

    async def on_chain(self, event: Chain) -> None:
        event.stop()
        await self.go.wait()
        self.app.query_one(Input).focus()


class Two(App[None]):
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        yield Slow()
        yield Input()


async def at_rest(pilot: Pilot[Any], rest: Rest) -> None:
    await wait_until(pilot, lambda: rest.busy() is None)


async def test_an_application_nobody_touches_is_at_rest() -> None:
    app = Two()
    async with app.run_test() as pilot:
        await at_rest(pilot, Rest(app))


async def test_a_queued_message_and_a_handler_at_work_are_both_work() -> None:
    app, slow = Two(), None
    async with app.run_test() as pilot:
        rest, slow = Rest(app), app.query_one(Slow)
        await at_rest(pilot, rest)
        slow.post_message(Chain())
        assert rest.busy() is slow
        await wait_until(pilot, lambda: slow.message_queue_size == 0)
        assert rest.busy() is slow
        slow.go.set()
        await at_rest(pilot, rest)
        assert app.focused is app.query_one(Input)


async def test_a_machine_that_stands_still_for_a_while_is_no_reason_to_give_up() -> None:
    class Starved(Slow):
        async def on_chain(self, event: Chain) -> None:
            event.prevent_default().stop()
            for _turn in range(3):
                time.sleep(0.05)  # the whole loop stands still, as it does when the processor is elsewhere
                await asyncio.sleep(0)

    app = Two()
    async with app.run_test() as pilot:
        rest, starved = Rest(app), Starved()
        await app.mount(starved)
        await at_rest(pilot, rest)
        starved.post_message(Chain())
        assert await rest.reached(turns=50)


async def test_a_handler_that_never_ends_is_waited_for_once() -> None:
    app = Two()
    async with app.run_test() as pilot:
        rest = Rest(app)
        await at_rest(pilot, rest)
        app.query_one(Slow).post_message(Chain())
        assert [await rest.reached(turns=50), await rest.reached(turns=50)] == [False, True]
        app.query_one(Slow).go.set()
