"""What Textual keeps to itself and the desk cannot do without: it is used here and nowhere else.

Textual is pinned exactly: the tests of the screens fail when a new version moves what stands here.
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from typing import Any

from rich.text import Text
from textual import events
from textual._dispatch_key import dispatch_key
from textual._time import get_time
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.widgets import Input

key_time = get_time  # on the clock by which Textual dates its events


def is_waiting(pump: MessagePump) -> bool:
    """Tell whether a pump has nothing queued and nothing in hand; one that closes counts as done."""
    if pump._closing or pump._closed:
        return True
    arrival: Any = pump._message_queue.ready_event
    # The event is cleared when the last message is taken out, and has a waiter only when that message is done with.
    return not arrival.is_set() and bool(arrival._waiters) and not pump._next_callbacks


class OpenPump(MessagePump):
    """A message pump that says how each of its messages is handled."""

    async def _dispatch_message(self, message: Message) -> None:
        await self.handled(super()._dispatch_message(message))

    async def handled(self, handling: Awaitable[None]) -> None:
        """Let the handlers of one message run."""
        await handling


class OpenInput(Input):
    """An input that says how its text is drawn."""

    @property
    def _value(self) -> Text:
        return super()._value if self.password else self.drawn()

    def drawn(self) -> Text:
        """Return the text as it is drawn."""
        return super()._value


class OpenApp(App[int]):
    """An application whose screens, faults and keys can be reached."""

    async def _process_messages(self, *args: Any, **options: Any) -> None:
        # From Python 3.12 on Textual runs a new task until its first wait at once: the door is then mounted before it
        # is on its stack, which ends the desk. One order of things on every Python is also the one that is tested.
        asyncio.get_running_loop().set_task_factory(None)
        await super()._process_messages(*args, **options)

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        # A new screen is styled as it is mounted; told nothing, Textual parses all styles anew for it, and twice.
        found, mounted = super()._get_screen(screen)
        if found._css_update_count < 0:
            found._css_update_count = self._css_update_count
        return found, mounted

    def _handle_exception(self, error: Exception) -> None:
        self.failed(error)

    def failed(self, error: Exception) -> None:
        """An error nobody caught ends the application."""
        super()._handle_exception(error)

    def ends_by(self, error: Exception) -> bool:
        """Remember the error that ends the application; False when another one does already."""
        if self._exception is not None:
            return False
        self._return_code = 1
        self._exception = error
        self._exception_event.set()
        return True

    @property
    def is_leaving(self) -> bool:
        """Tell whether the application is about to end."""
        return self._exit

    def screens_of(self, mode: str) -> list[Screen[Any]]:
        """Return the screens of a mode, the first one at its bottom; none when it was not visited yet."""
        return self._screen_stacks.get(mode, [])

    def all_screens(self) -> Iterator[Screen[Any]]:
        """Yield the screens of all modes, also of those that are not in front."""
        for stack in self._screen_stacks.values():
            yield from stack

    async def press(self, event: events.Key) -> bool:
        """Let bindings and key methods act on a key; False when none does."""
        return await self._check_bindings(event.key) or await dispatch_key(self, event)
