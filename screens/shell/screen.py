"""What every screen of the desk has: the top line, a body, the line for messages, the key bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import isawaitable
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.layers import Layers
from screens.ground.outages import Spoken
from screens.shell.help import HelpPanel
from screens.widgets.keybar import Hint, KeyBar
from screens.widgets.lines import Lines
from screens.widgets.status import StatusLine, TopLine

SCANNED = ("S", "R")  # the numbers that scanners type begin so: these two are verbs as small letters only


class DeskScreen(Spoken, Screen[None]):
    """Write `NAME`, `ABOUT`, `BINDINGS = bindings("confirm", …)` and `body()`; the rest is here."""

    NAME: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.layer_stack = Layers(self)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield TopLine(self.top_title)
        with Vertical(id="body"):
            yield from self.body()
        yield StatusLine()
        yield KeyBar()
        yield HelpPanel()

    def body(self) -> ComposeResult:
        """What is on this screen."""
        raise NotImplementedError

    def top_title(self) -> str:
        """The title in the top line; the screen of a document adds its number."""
        return _(self.NAME)

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says where no field says more."""
        return (_(self.NAME), _(self.ABOUT)) if self.ABOUT else None

    def verb_hints(self) -> Sequence[Hint]:
        """Keys of what may be done here now, each with what it does: they stand first in the key bar."""
        return ()

    def shows(self, make: Callable[..., Screen[Any]], *args: Any) -> Callable[[], object]:
        """Return what a key does that shows another screen over this one."""
        return lambda: self.app.push_screen(make(*args))

    def answers_again(self) -> None:
        """The database is back after it was away: read what could not be read."""
        for lines in self.query(Lines):
            lines.read_again()

    async def scanned(self, number: str) -> bool:
        """Take a document that was scanned; False when it is to be opened as from anywhere."""
        return False

    def on_screen_suspend(self) -> None:
        """Another screen is shown: what the message speaks of is over when this one comes back."""
        self.say("")

    def say(self, text: str, tone: str = "note") -> None:
        """Show a message; tones: note, good, warn, refused."""
        self.query_one(StatusLine).show(text, tone)

    def refuse(self, refused: Refused) -> None:
        """Show a refusal: in the status line with its rule and what mends it, and beside its field."""
        self.say(str(refused), "refused")
        for form in self.query("Form"):
            show: Any = getattr(form, "refuse", None)
            if show and show(refused):
                return

    @property
    def has_step_back(self) -> bool:
        """Tell whether Esc has something to put away before it leaves the screen."""
        return self.layer_stack.top is not None

    def step_back(self) -> bool:
        """Esc: put away what lies on top; False when nothing lies over the screen."""
        return self.layer_stack.put_top_away()

    async def on_key(self, event: events.Key) -> None:
        """A key of the flow does its verb, with caps lock too."""
        is_capital = len(event.key) == 1 and event.key.isupper() and event.key not in SCANNED
        key = event.key.lower() if is_capital else event.key
        for hint in self.verb_hints():
            if hint.key == key and hint.do:
                event.stop()
                done = hint.do()
                if isawaitable(done):
                    await done
                return
