"""Typed-ahead keys are never lost or misplaced.

Textual sends a key to whatever has the focus when the key arrives. Here keys, pastes and clicks wait in one line: the
next is sent when the application has come to rest (bindings, messages, focus moves, screens being mounted) and every
answer the key before it has to wait for (a `Hold`) is there. When a key is refused, or its answer does not come, what
was typed behind it is kept aside and shown, not typed into the wrong field; Ctrl+R types it.

A key decides only what somebody could see: behind a decision all keys are kept aside until what came of it is painted,
and a key that is held down decides once (ORD-11).
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import asyncio
import re
from collections import deque
from contextlib import suppress
from itertools import groupby, islice
from typing import Any

from textual import events
from textual.driver import Driver
from textual.message_pump import MessagePump

from ordersdesk.foundation.texts.language import _
from screens.ground.held_key import HeldKey
from screens.ground.idle import Rest
from screens.ground.keys import key_name
from screens.ground.textual_inside import OpenApp, key_time

HOLD_LIMIT = 2.0
NOTE_AFTER = 0.3  # a wait that a person notices is explained
LONG_RUN = 10  # so many times the same is a key that was held down: it is shown once, with how often
SAME_BURST = 0.05  # nobody types two keys within this many seconds; scanners, macros and pastes do

Typed = events.Key | events.Paste | events.MouseDown | events.MouseUp
_SEPARATORS = {"\t": "tab", "\n": "enter", "\r": "enter", "\r\n": "enter"}


class Hold:
    """The keyboard is held until `release()`, or until the limit has passed."""

    def __init__(self, app: TypedAheadApp, what: str, owner: MessagePump, limit: float) -> None:
        self.what = what
        self._app = app
        self._owner = owner
        self._ended = asyncio.Event()
        self._timer = asyncio.get_running_loop().call_later(limit, self._give_up)

    @property
    def is_over(self) -> bool:
        """Tell whether it no longer holds anything: released, given up, or its owner is gone."""
        return self._ended.is_set() or not self._owner.is_attached

    def release(self) -> bool:
        """Let the keyboard go; True when the act that waited may still be done (no key came in between)."""
        self._timer.cancel()
        self._ended.set()
        return self._app._hold_released(self)

    async def over(self, *, within: float) -> bool:
        """Wait for the end of the hold, for some time."""
        try:
            await asyncio.wait_for(self._ended.wait(), within)
        except TimeoutError:
            return self.is_over
        return True

    def _give_up(self) -> None:
        if not self.is_over:
            self._app._hold_given_up(self)
            self._ended.set()


class TypedAheadApp(OpenApp):
    """An application that hands on one key at a time, in order."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self._typed: deque[Typed] = deque()
        self._typing: asyncio.Task[None] | None = None
        self._holds: list[Hold] = []
        self._kept: list[Typed] = []
        self._kept_before = 0  # so many of them were there before the keys that wait for a late answer
        self._keeping = False
        self._late: Hold | None = None
        self._last_time = 0.0
        self._in_hand: Typed | None = None
        self._unseen = False  # something was decided, and what came of it is not painted yet
        self._held_key = HeldKey()
        self._rest = Rest(self)

    @property
    def kept_keys(self) -> str:
        """The keys kept aside, as a person would write them."""
        runs = [list(run) for _text, run in groupby(_written(event) for event in self._kept)]
        return "".join("".join(run) if len(run) < LONG_RUN else f"{run[0]}×{len(run)}" for run in runs)

    @property
    def is_at_rest(self) -> bool:
        """Tell whether everything typed so far has been dealt with."""
        return (
            not (self._typed or self._unseen)
            and self._typing is None
            and not self._open_holds()
            and self._rest.busy() is None
        )

    def hold_keyboard(self, what: str, *, owner: MessagePump, limit: float = HOLD_LIMIT) -> Hold:
        """Hold the keyboard until the answer to the key in hand is there; `what` names it: "the search"."""
        hold = Hold(self, what, owner, limit)
        self._holds.append(hold)
        return hold

    def keep_until_seen(self) -> None:
        """Something was decided: until what came of it is painted no key acts, and none typed till then acts later."""
        self._unseen = True
        self._held_key.decided(self._in_hand)
        self._start_typing()

    def set_aside(self) -> None:
        """Keep what was typed behind the key in hand, after what is kept already: its place was not reached."""
        self._keeping = True
        if self._typed:
            self._held_key.set_aside(self._typed)
            self._kept += self._typed
            self._typed.clear()
            self.tell_keys_kept()

    def type_kept_keys(self, *, after: int = 0) -> None:
        """Type what was kept aside; the first `after` keys stay aside."""
        self._held_key.forget()
        self._typed.extendleft(reversed(self._kept[after:]))
        del self._kept[after:]
        self._keeping = False
        self._start_typing()

    def forget_kept(self) -> None:
        """Drop what was kept aside: the work it was typed for is over."""
        self._kept = []
        self._kept_before = 0
        self._keeping = False

    def tell_keyboard_waits(self, what: str) -> None:
        """Explain a wait that lasts; an empty text ends it."""

    def tell_hold_given_up(self, what: str) -> None:
        """Say that an answer did not come."""

    def tell_keys_kept(self) -> None:
        """Show that keys were kept aside."""

    async def on_event(self, event: events.Event) -> None:
        """Put what is typed in line; everything else goes its usual way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._take(event)
        elif isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded and self._typed:
            self._typed.append(event)
        else:
            await super().on_event(event)

    def _take(self, event: events.Key | events.Paste) -> None:
        burst = event.time - self._last_time < SAME_BURST
        self._last_time = event.time
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            # Enter typed before the terminal was in raw mode arrives as a line feed.
            event = events.Key("enter", "\r")
        if (self._keeping and burst) or self._held_key.repeats(event):
            self._kept.append(event)
            self.tell_keys_kept()
            return
        self._keeping = False
        self._typed.append(event)
        self._start_typing()

    def _start_typing(self) -> None:
        if self._typing is None and (self._typed or self._unseen):
            self._typing = asyncio.create_task(self._type(), name="typed ahead")

    async def _type(self) -> None:
        try:
            while self._typed or self._unseen:
                await self._all_done()
                if self._unseen:
                    await self._be_seen()
                elif self._typed and not self.is_leaving and not await self._is_held_down(self._typed[0]):
                    await self._send(self._typed.popleft())
        except Exception as error:
            self.failed(error)
        finally:
            self._typing = None

    async def _all_done(self) -> None:
        """Wait until the key before is done with: all at rest, all its answers there."""
        while True:
            if not await self._rest.reached():
                self.tell_hold_given_up(_("the screen"))
                self.set_aside()
                return
            holds = self._open_holds()
            if not holds:
                return
            await self._wait_for(holds[0])

    async def _be_seen(self) -> None:
        """Wait until what came of a decision is painted; what was typed before that is kept aside."""
        painted = asyncio.Event()
        if not self.is_leaving and self.call_after_refresh(painted.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(painted.wait(), HOLD_LIMIT)
        self._unseen = False
        self.set_aside()

    async def _is_held_down(self, event: Typed) -> bool:
        """Wait until a press of the key that decided last is sure to be one, and keep it aside when it is none."""
        if doubt := self._held_key.doubt(event, key_time()):
            await asyncio.sleep(doubt)
            if self._held_key.is_followed(event, islice(self._typed, 1, None)):
                self.set_aside()
                return True
        return False

    async def _wait_for(self, hold: Hold) -> None:
        if await hold.over(within=NOTE_AFTER):
            return
        self.tell_keyboard_waits(hold.what)
        while not await hold.over(within=NOTE_AFTER):
            pass
        if self._late is not hold:
            self.tell_keyboard_waits("")

    def _open_holds(self) -> list[Hold]:
        self._holds = [hold for hold in self._holds if not hold.is_over]
        return self._holds

    def _hold_released(self, hold: Hold) -> bool:
        if hold in self._holds:
            self._holds.remove(hold)
            return True
        if self._late is not hold:
            return False
        # The answer came late but nothing was typed since: what was kept behind it goes on as meant.
        self._late = None
        self.call_later(self.type_kept_keys, after=self._kept_before)
        return True

    def _hold_given_up(self, hold: Hold) -> None:
        self._holds.remove(hold)
        self._late = hold
        self._kept_before = len(self._kept)
        self.tell_hold_given_up(hold.what)
        self.set_aside()

    async def _send(self, event: Typed) -> None:
        if isinstance(event, events.Paste) and (parts := self._unfolded(event)):
            self._typed.extendleft(reversed(parts))
            return
        self._late = None
        self._in_hand = event
        await super().on_event(event)

    def _unfolded(self, paste: events.Paste) -> list[Typed]:
        """Split pasted lines and columns: each lands in its own field, as if it had been typed."""
        parts = re.split(r"(\r\n|[\t\r\n])", paste.text)
        focused: Any = self.focused
        if len(parts) == 1 or getattr(focused, "takes_lines", False):
            return []
        return [_typed_part(part) for part in parts if part]


def _typed_part(part: str) -> events.Key | events.Paste:
    if part in _SEPARATORS:
        return events.Key(_SEPARATORS[part], part[0])
    return events.Paste(part)


def _written(event: Typed) -> str:
    if isinstance(event, events.Paste):
        return event.text
    if isinstance(event, events.Key):
        if event.character is not None and event.is_printable:
            return event.character
        return "⏎" if event.key == "enter" else f"‹{key_name(event.key)}›"
    return ""
