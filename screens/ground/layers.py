"""What lies over a screen, the newest on top: a question, the help, choices, a form, what a search found.

Esc takes the topmost away, and only that; what was typed in it is there when it opens again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from textual.screen import Screen
from textual.widget import Widget


class Layer(Protocol):
    """Something that lies over a screen until it is put away."""

    @property
    def is_open(self) -> bool:
        """Tell whether it is on the screen."""
        ...

    def put_away(self) -> object:
        """Take it away: nothing is done, and nothing typed in it is lost."""
        ...


@dataclass(frozen=True)
class Shown:
    """A layer that a class on its screen shows; `away` is done when it is put away."""

    screen: Screen[Any]
    name: str
    away: Callable[[], object] = field(default=lambda: None, compare=False)

    @property
    def is_open(self) -> bool:
        """Tell whether the screen has the class."""
        return self.screen.has_class(self.name)

    def put_away(self) -> None:
        """Take the class off."""
        self.screen.remove_class(self.name)
        self.away()


class Layers:
    """The layers of one screen."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._stack: list[tuple[Layer, Widget | None]] = []

    @property
    def top(self) -> Layer | None:
        """The layer on top; those that were closed otherwise are gone."""
        self._stack = [(layer, stood) for layer, stood in self._stack if layer.is_open]
        return self._stack[-1][0] if self._stack else None

    def opened(self, layer: Layer) -> None:
        """This one lies on top now; where the cursor stands is remembered for the way back."""
        known = next((stood for other, stood in self._stack if other == layer), None)
        self._stack = [(other, stood) for other, stood in self._stack if other != layer]
        self._stack.append((layer, known or self._screen.focused))
        self._screen.refresh_bindings()

    def put_top_away(self) -> bool:
        """Take the topmost away; False when there is none. The cursor goes back if it stood in the layer."""
        layer = self.top
        if layer is None:
            return False
        _layer, stood = self._stack.pop()
        before = self._screen.focused
        layer.put_away()
        # What is taken out of the screen may take the cursor with it at once.
        if stood is not None and self._screen.focused in (before, None) and self._is_gone(before):
            stood.focus()
        self._screen.refresh_bindings()
        return True

    def _is_gone(self, at: Widget | None) -> bool:
        if at is None or not at.is_attached:
            return True
        self._screen.app.stylesheet.update_nodes(at.ancestors_with_self)
        return not all(node.display for node in at.ancestors_with_self)


def layers_of(widget: Widget) -> Layers:
    """Return the layers of the screen a widget is on."""
    return cast("Layers", cast(Any, widget.screen).layer_stack)
