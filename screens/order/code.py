"""A code to read out over the phone, shown large and only once (JOY-10)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Digits

from ordersdesk.foundation.texts.language import N_, _
from screens.widgets.words import Words


class CodeShown(Vertical, can_focus=True):
    """The digits, and what they are good for; put away they are gone."""

    DEFAULT_CSS = """
    CodeShown { align: center middle; }
    CodeShown Words, CodeShown Digits { width: 100%; text-align: center; }
    CodeShown Digits { margin: 1 0; }
    """

    def compose(self) -> ComposeResult:
        """For what, the digits, for how long."""
        yield Words(N_("Read it out digit by digit"), classes="muted")
        yield Digits()
        yield Words(id="code-good")

    def show(self, code: str, number: str, *, minutes: int) -> None:
        """Show a code."""
        self.query_one(Digits).update(" ".join(code))
        good = N_("Good once, for {minutes} minutes, for {number} as it is. Esc puts it away for good.")
        self.query_one("#code-good", Words).show(lambda: _(good).format(minutes=minutes, number=number))
        self.focus()

    def forget(self) -> None:
        """Keep nothing of it."""
        self.query_one(Digits).update("")
        self.query_one("#code-good", Words).show("")
