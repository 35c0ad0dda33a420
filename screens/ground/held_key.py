"""Telling a key that is held down from one that is pressed again: the first decides once, however long it is held."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events

REPEAT = 0.12  # seconds between two events of a held key at most: keyboards send 10 to 40 of them a second
DELAY = 1.2  # seconds until a held key begins to repeat itself at most


class HeldKey:
    """Knows the key that decided last; what it repeats without a pause is no second press."""

    def __init__(self) -> None:
        self._key = ""
        self._pressed_at = 0.0
        self._repeated_at = 0.0

    def decided(self, event: events.Event | None) -> None:
        """This key has just decided something."""
        is_key = isinstance(event, events.Key)
        self._key, self._pressed_at, self._repeated_at = (event.key, event.time, 0.0) if is_key else ("", 0.0, 0.0)

    def forget(self) -> None:
        """Whatever comes next is meant."""
        self._key = ""

    def is_same(self, event: events.Event) -> bool:
        """Tell whether it is the key that decided last."""
        return isinstance(event, events.Key) and event.key == self._key

    def repeats(self, event: events.Event) -> bool:
        """Tell whether it goes on repeating the key without a pause; if so, what follows it without one does too."""
        if not (self.is_same(event) and event.time - self._repeated_at < REPEAT):
            return False
        self._repeated_at = event.time
        return True

    def set_aside(self, kept: Iterable[events.Event]) -> None:
        """These were not handed on: what repeats them goes their way."""
        self._repeated_at = max((event.time for event in kept if self.is_same(event)), default=self._repeated_at)

    def doubt(self, event: events.Event, now: float) -> float:
        """Return how many seconds to wait before it is sure that it is not the first repetition."""
        soon = self.is_same(event) and event.time - self._pressed_at < DELAY
        return max(event.time + REPEAT - now, 0.0) if soon else 0.0

    def is_followed(self, event: events.Event, behind: Iterable[events.Event]) -> bool:
        """Tell whether the same key came again at once: it is held down."""
        return any(self.is_same(one) and one.time - event.time < REPEAT for one in behind)
