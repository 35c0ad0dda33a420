"""The bottom line: the keys that act now, and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widget import Widget

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.texts import shown
from screens.ground.keys import TABLE, key_name, label_at

GAP = 2
MORE = "…"


@dataclass(frozen=True)
class Hint:
    """One key of the bar; hints of low rank stay longest when the line is narrow."""

    key: str
    label: str
    rank: int = 2
    do: Callable[[], object] | None = None
    """What the key does, where no binding does it; what it returns is awaited if it can be."""

    @property
    def width(self) -> int:
        """Cells it takes, with the gap behind it."""
        return cell_len(key_name(self.key)) + 1 + cell_len(shown(self.label)) + GAP


def fitting(hints: Sequence[Hint], width: int) -> tuple[list[Hint], bool]:
    """Return the hints that fit, in their order, and whether some were left out."""
    if sum(hint.width for hint in hints) - GAP <= width:
        return list(hints), False
    room = width - cell_len(MORE)
    kept: set[int] = set()
    for number in sorted(range(len(hints)), key=lambda n: (hints[n].rank, n)):
        if hints[number].width <= room:
            kept.add(number)
            room -= hints[number].width
    return [hint for number, hint in enumerate(hints) if number in kept], True


class KeyBar(Widget):
    """Asks Textual which bindings are active and shows those of the key table; screens add the verbs of a flow."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--label"}
    DEFAULT_CSS = "KeyBar { height: 1; width: 100%; }"

    def on_mount(self) -> None:
        """Draw anew whenever Textual says that bindings changed (focus, screen, what may be done)."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        end = 0
        for hint in fitting(self.hints(), self.size.width)[0]:
            end += hint.width
            if event.x < end:
                self.app.simulate_key(hint.key)
                return

    def hints(self) -> list[Hint]:
        """Return the keys that act now: the screen's own first, then the table's in its order."""
        own: list[Hint] = list(getattr(self.screen, "verb_hints", list)())
        active = {b.binding.id for b in self.screen.active_bindings.values() if b.enabled and b.binding.show}
        labels = {key: label_at(key, self.screen) for key in TABLE if key.id in active and key.in_bar}
        return own + [Hint(key.keys[0], _(label), key.rank) for key, label in labels.items() if label]

    def render(self) -> Text:
        """Draw as many hints as fit."""
        hints, cut = fitting(self.hints(), self.size.width)
        line = Text(no_wrap=True, overflow="crop")
        key_style = self.get_component_rich_style("keybar--key", partial=True)
        label_style = self.get_component_rich_style("keybar--label", partial=True)
        for hint in hints:
            line.append(key_name(hint.key), key_style)
            line.append(f" {shown(hint.label)}{' ' * GAP}", label_style)
        return line.append(MORE, label_style) if cut else line

    def _changed(self, _screen: object) -> None:
        self.refresh()
