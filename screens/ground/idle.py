"""When is a Textual application at rest? When every message pump waits at an empty queue.

Textual has no such question to ask, so the queues themselves are looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump

from screens.ground.textual_inside import is_waiting

SPINS = 40  # polls before sleeping between them: most keys are done within a few
PATIENCE = 2000  # turns of at least a millisecond that one pump may be busy without a break


class Rest:
    """Waits until an application is at rest; a pump that never rests is waited for once and then left alone."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._stuck: WeakSet[MessagePump] = WeakSet()

    def busy(self) -> MessagePump | None:
        """Return a pump that has something to do, or None when all is at rest."""
        for pump in self._pumps():
            if is_waiting(pump):
                self._stuck.discard(pump)
            elif pump not in self._stuck:
                return pump
        return None

    async def reached(self, *, turns: int | None = None) -> bool:
        """Wait until all is at rest; False when one pump stays busy for so many turns of the event loop.

        Turns, not seconds: on a starved machine a second may pass in one turn, and nothing is stuck.
        """
        patience = PATIENCE if turns is None else turns
        polls = waited = 0
        last: MessagePump | None = None
        while (pump := self.busy()) is not None:
            waited = waited + 1 if pump is last else 0
            if waited > patience:
                self._stuck.add(pump)
                return False
            last = pump
            polls += 1
            await asyncio.sleep(0 if polls < SPINS else 0.001)
        return True

    def _pumps(self) -> Iterator[MessagePump]:
        """Yield the likeliest to be busy first: what a key reaches is the focused widget and all above it."""
        yield self._app
        try:
            screen = self._app.screen
        except ScreenStackError:
            return
        if screen.focused is not None:
            yield from screen.focused.ancestors
        yield from screen.walk_children(with_self=True)
