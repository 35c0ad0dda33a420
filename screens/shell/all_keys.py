"""All keys of the desk on one screen, from the key table."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from ordersdesk.foundation.texts.language import N_, _
from screens.ground.keys import TABLE, key_names
from screens.shell.screen import DeskScreen
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row


class AllKeysScreen(DeskScreen):
    """F1 pressed twice."""

    NAME = N_("All keys")

    def body(self) -> ComposeResult:
        """The table."""
        yield Lines([Column(N_("Key"), 16), Column(N_("What it does")), Column(N_("Where"), 28, drop=1)])

    def key_labels(self) -> Mapping[str, str]:
        """There is nothing to open in a list of keys."""
        return {"choose": ""}

    def on_mount(self) -> None:
        """Fill it in the language spoken now."""
        self.on_language()

    def on_language(self) -> None:
        """Fill it again."""
        rows = [Row(key.id, (key_names(key), _(key.label), _(key.where))) for key in TABLE]
        self.query_one(Lines).show_rows(rows, keep=True)
