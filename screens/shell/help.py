"""F1 or ? explains the field one stands in and lists the keys that act now; the focus stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual.screen import Screen
from textual.widget import Widget

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.texts import shown
from screens.ground.keys import TABLE, Key, key_name, key_names, label_at
from screens.ground.layers import layers_of

TYPED_AHEAD = N_(
    "Type as fast as you like: every key is kept and lands where it was meant. "
    "When a field is refused, what was typed behind it is kept; Ctrl+R types it."
)


def help_at(screen: Screen[Any]) -> tuple[str, str]:
    """Return title and text for where the focus is: the nearest widget that has something to say, else the screen."""
    nodes = screen.focused.ancestors_with_self if screen.focused else [screen]
    for node in nodes:
        told: tuple[str, str] | None = getattr(node, "help_here", lambda: None)()
        if told:
            return told
    return "", ""


def keys_now(screen: Screen[Any]) -> list[Key]:
    """Return the rows of the key table that act now, in the table's order."""
    active = {bound.binding.id for bound in screen.active_bindings.values() if bound.enabled}
    return [key for key in TABLE if key.id in active]


def verbs_now(screen: Screen[Any]) -> list[tuple[str, str]]:
    """Return the keys that the screen adds from a flow, with their labels; a narrow key bar may not show them all."""
    return [(key_name(hint.key), shown(hint.label)) for hint in getattr(screen, "verb_hints", list)()]


class HelpPanel(Widget, can_focus=False):
    """Lies over the right side of the screen; Esc or F1 puts it away."""

    DEFAULT_CSS = """
    HelpPanel { display: none; layer: help; dock: right; width: 42; height: 100%; }
    HelpPanel.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    @property
    def is_open(self) -> bool:
        """Tell whether it is on screen."""
        return self.has_class("-open")

    def show(self, is_open: bool) -> None:
        """Open it or put it away."""
        self.set_class(is_open, "-open")
        self.refresh(layout=True)
        if is_open:
            layers_of(self).opened(self)
        self.screen.refresh_bindings()

    def put_away(self) -> None:
        """Close it; the cursor never was in it."""
        self.show(False)

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Text:
        """Draw the help of the field, then the keys."""
        return Text("\n").join(self._paragraphs())

    def _paragraphs(self) -> Iterator[Text]:
        title, text = help_at(self.screen)
        if title:
            yield Text(shown(title), "bold")
        yield from (Text(line) for line in (text, "") if text)
        labels = ((key_names(key), label_at(key, self.screen)) for key in keys_now(self.screen))
        keys = [*verbs_now(self.screen), *((names, _(label)) for names, label in labels if label)]
        widest = max((cell_len(names) for names, _label in keys), default=0)
        for names, label in keys:
            yield Text(f"{names}{' ' * (widest - cell_len(names))}  {label}", no_wrap=True)
        yield from (Text(""), Text(_(TYPED_AHEAD)))
