"""Fixed words on a screen, translated each time they are drawn: changing the language needs no new widgets."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.widget import Widget

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.texts import shown
from screens.widgets.cells import clipped


class Words(Widget):
    """A text that is never parsed as markup: `N_("…")`, or a callable that returns what to show now."""

    DEFAULT_CSS = "Words { width: auto; height: auto; }"

    def __init__(
        self, text: str | Callable[[], str] = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._text = text

    def show(self, text: str | Callable[[], str]) -> None:
        """Show something else."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    @property
    def words(self) -> str:
        """What is shown now."""
        return _(self._text) if isinstance(self._text, str) else self._text()

    def render(self) -> Text:
        """Draw it as plain text; line breaks stay, everything else that steers a terminal does not.

        In a line of its own that is not wrapped it is cut beside its figures, never within one.
        """
        lines, styles = self.words.split("\n"), self.styles
        if styles.text_wrap == "nowrap" and styles.width is not None and not styles.width.is_auto:
            return Text("\n".join(clipped(line, self.size.width) for line in lines))
        return Text("\n".join(map(shown, lines)))
