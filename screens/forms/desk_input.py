"""The one-line input of the desk: shows hostile text safely, asks for help with `?`, joins no pasted lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events, getters
from textual.binding import BindingType

from ordersdesk.foundation.texts.texts import shown
from screens.ground.keys import bindings
from screens.ground.textual_inside import OpenInput
from screens.shell.messages import TalkingApp


class DeskInput(OpenInput):
    """An input whose text is drawn safely, character by character, so that the cursor stays where it belongs."""

    app = getters.app(TalkingApp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("accept")]

    def __init__(self, *, secret: bool = False, takes_lines: bool = False, id: str | None = None) -> None:
        super().__init__(password=secret, id=id, compact=True, validate_on=())
        self.takes_lines = takes_lines

    def as_it_was(self) -> Callable[[], None]:
        """Remember text and cursor; calling what is returned puts them back."""
        value, selection = self.value, self.selection

        def put_back() -> None:
            self.value = value
            self.selection = selection

        return put_back

    async def action_submit(self) -> None:
        """Enter: what is said next answers it; what was said before is over."""
        self.app.mended()
        await super().action_submit()

    async def on_key(self, event: events.Key) -> None:
        """Ask for help by a question mark, where nothing is typed yet."""
        if event.key == "question_mark" and not self.value:
            event.stop()
            event.prevent_default()
            await self.app.run_action("help")

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as it is, in the place of what is selected."""
        event.stop()
        event.prevent_default()
        self.replace(event.text, *self.selection)

    def drawn(self) -> Text:
        """Return the text without anything that a terminal would act on, a cell for each character."""
        return Text(shown(self.value), no_wrap=True, overflow="ignore", end="")
