"""The telephone beside the desk: calls that ring are shown, never pushed in front of what is being typed (CAL-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ordersdesk.foundation.machine.popping import PopListener
from ordersdesk.foundation.texts.language import _, with_more


@dataclass
class Ringing:
    """A call that waits to be answered; the name is filled in when the look-up knows it."""

    number: str
    name: str = ""
    at: datetime | None = None
    """When it began to ring."""

    def who(self, phone: Callable[[str], str]) -> str:
        """Number and name, as far as known; `phone` writes a number as people read it."""
        return " ".join(filter(None, (phone(self.number) or _("number withheld"), self.name)))


class Telephone:
    """Listens on the signed-in user's line and keeps the calls that ring, oldest first."""

    def __init__(self, home: Path, ring: Callable[[str], object]) -> None:
        self._home = home
        self._ring = ring
        self._line: PopListener | None = None
        self.ringing: list[Ringing] = []

    async def listen(self, login: str) -> None:
        """Take this user's calls from now on."""
        await self.hang_up()
        self._line = PopListener(self._home, login, self._ring)
        await self._line.start()

    async def hang_up(self) -> None:
        """Take no more calls: the desk is locked or left."""
        if self._line:
            await self._line.stop()
        self._line = None

    def add(self, number: str, at: datetime | None = None) -> Ringing:
        """Note that a call rings; the same number twice is one call."""
        call = next((call for call in self.ringing if call.number == number), None)
        if call is None:
            call = Ringing(number, at=at)
            self.ringing.append(call)
        return call

    def take(self, number: str | None = None) -> Ringing | None:
        """Answer the oldest call, or the one with this number; None when none rings."""
        call = next((call for call in self.ringing if number in (None, call.number)), None)
        if call is None:
            return None
        self.ringing.remove(call)
        return call

    def sentence(self, phone: Callable[[str], str]) -> str:
        """Say who rings, in the top line."""
        if not self.ringing:
            return ""
        more = len(self.ringing) - 1
        text = _("{who} rings: F2 answers").format(who=self.ringing[0].who(phone))
        return with_more(text, more)
