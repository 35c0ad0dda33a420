"""A list on whose lines one types a number: pieces found on the shelf, pieces that came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import events, getters
from textual.message import Message

from ordersdesk.foundation.texts.language import N_, _
from screens.shell.app import DeskApp
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row


@dataclass(frozen=True)
class Count:
    """One line: its key, its cells behind the number, the number it begins with and the most it may be."""

    key: int
    cells: tuple[str, ...]
    number: int
    most: int


class Counting(Lines):
    """Digits count on the line under the cursor, Backspace takes one back, Enter goes on; behind the last, `Done`.

    With `keep_as`, what was typed survives leaving the screen, until `forget()`.
    """

    app = getters.app(DeskApp)

    @dataclass
    class Done(Message):
        """Enter on the last line."""

        counting: Counting

    def __init__(
        self, title: str, columns: Sequence[Column], *, warns: Callable[[int, int], bool], keep_as: str = ""
    ) -> None:
        super().__init__([Column(title, 8, right=True), *columns])
        self._warns = warns
        self._counts: dict[int, Count] = {}
        self._typed: dict[int, int] = {}
        self._is_fresh = True
        self._keep_as = keep_as

    @property
    def numbers(self) -> Mapping[int, int]:
        """The number of every line."""
        return {key: self._typed.get(key, count.number) for key, count in self._counts.items()}

    def count(self, counts: Sequence[Count]) -> None:
        """Show lines to count, with what was typed on them before."""
        self._counts = {count.key: count for count in counts}
        kept = self.app.kept_forms.get(self._keep_as, {})
        self._typed = {count.key: int(kept[str(count.key)]) for count in counts if str(count.key) in kept}
        self._draw()

    def key_labels(self) -> Mapping[str, str]:
        """Enter goes on to the next line, F9 to what is asked then."""
        return {"choose": N_("Next line"), "confirm": N_("Go on")}

    def forget(self) -> None:
        """The counting is done: keep nothing of it."""
        self.app.kept_forms.pop(self._keep_as, None)

    def move_to(self, number: int) -> None:
        """Go to a line; its number is typed anew there."""
        self._is_fresh = True
        super().move_to(number)

    def action_choose(self) -> None:
        """Enter: on to the next line."""
        if self.cursor + 1 < self.total:
            self.action_down()
        else:
            self.post_message(self.Done(self))

    def on_key(self, event: events.Key) -> None:
        """Count on the line under the cursor."""
        digit = event.character or ""
        if self.current is None or not (event.key == "backspace" or (digit.isascii() and digit.isdigit())):
            return
        event.stop()
        count = self._counts[self.current.key]
        now = self.numbers[count.key]
        number = now // 10 if event.key == "backspace" else int(digit) + (0 if self._is_fresh else now * 10)
        if number > count.most:
            self.app.say(_("There are {most} on this line.").format(most=count.most), "warn")
            return
        self._is_fresh = False
        self._typed[count.key] = number
        if self._keep_as:
            self.app.kept_forms[self._keep_as] = {str(key): str(typed) for key, typed in self._typed.items()}
        self.app.mended()
        self._draw()

    def _draw(self) -> None:
        rows = [
            Row(key, (str(number), *self._counts[key].cells), tone="warn" if self._is_odd(key, number) else "")
            for key, number in self.numbers.items()
        ]
        fresh = self._is_fresh
        self.show_rows(rows, keep=True)
        self._is_fresh = fresh

    def _is_odd(self, key: int, number: int) -> bool:
        return self._warns(number, self._counts[key].most)
