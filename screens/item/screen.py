"""One item: everybody reads it, planning changes it with one key each (CAT-6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.catalogue.actions import EDITORS
from ordersdesk.catalogue.pages.queries import ItemPage, page_of
from ordersdesk.foundation.texts.language import N_, _
from screens.customer.changing import Change, ChangingScreen
from screens.customer.picking import PickingScreen
from screens.item import changes
from screens.item.page import page
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet
from screens.widgets.status import TopLine


class ItemScreen(DeskScreen):
    """Particulars, prices and story of one item."""

    NAME = N_("Item")
    ABOUT = N_("E edits, P sets a price, N ends one, X sells it no longer, A adds another; all of it is in the story.")
    app = getters.app(OrderDesk)

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._found: ItemPage | None = None

    def body(self) -> ComposeResult:
        """The page."""
        yield Sheet()

    def top_title(self) -> str:
        """The item's code."""
        return f"{_(self.NAME)} {self._code}"

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(self, partial(page_of, self.app.desk, self._code), what=_("the item"), then=self._show)

    def _show(self, found: ItemPage) -> None:
        desk = self.app.desk
        lay = partial(page, found, desk)
        self.query_one(Sheet).show(lay, keep=self._found is not None)
        self._found = found
        self.query_one(TopLine).refresh()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """What planning may do."""
        if self._found is None or not self.app.desk.user.roles & {*EDITORS}:
            return ()
        desk, found = self.app.desk, self._found
        hints = [
            Hint("e", _("Edit"), do=lambda: self._change(changes.editing(desk, found))),
            Hint("p", _("Price"), do=lambda: self._change(changes.pricing(desk, found))),
            Hint("n", _("End a price"), do=lambda: self._end(changes.endings(desk, found))),
            Hint("a", _("New item"), rank=4, do=lambda: self._change(changes.adding(desk))),
        ]
        if not found.values["discontinued"]:
            hints.append(
                Hint("x", _("Discontinue"), rank=3, do=lambda: self._change(changes.discontinuing(desk, found)))
            )
        return hints

    async def _change(self, change: Change) -> None:
        await self.app.push_screen(ChangingScreen(change))

    async def _end(self, options: Sequence[tuple[str, Change]]) -> None:
        if not options:
            self.say(changes.nothing_to_end())
        else:
            await self.app.push_screen(PickingScreen(N_("End a price"), self._code, options))
