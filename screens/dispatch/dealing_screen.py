"""Before short stock is dealt anew: who would gain and who would wait; F9 deals (SLP-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.delivery.dealing.actions import deal, would_deal
from ordersdesk.delivery.dealing.rules import Dealt, Share
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.keys import bindings
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.laying import BLANK, Line, paragraph, spread, table
from screens.widgets.rows import Column
from screens.widgets.sheet import Sheet

COLUMNS = (
    Column(N_("Order"), 15),
    Column("", 7),
    Column(N_("Customer"), least=14),
    Column(N_("Kept now"), 9, right=True),
    Column(N_("Then"), 9, right=True),
    Column(N_("More"), 7, right=True),
)


class DealingScreen(DeskScreen):
    """A look first: nothing is written until F9, and papers are left alone."""

    NAME = N_("Deal short stock")
    ABOUT = N_(
        "Who would get what of the goods that are short: urgent orders first, then key customers, then the promise."
        " What is on paper is left alone. F9 deals; the agents of those who gain or lose are told."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    DEFAULT_CSS = "DealingScreen Sheet { height: 1fr; }"
    app = getters.app(OrderDesk)

    def __init__(self, then: Callable[[str], object]) -> None:
        super().__init__()
        self._then = then
        self._foreseen: Sequence[Dealt] = ()

    def body(self) -> ComposeResult:
        """The page."""
        yield Sheet()

    def on_mount(self) -> None:
        """Look who would get what."""
        self.on_language()

    def on_language(self) -> None:
        """Look again in the other language."""
        self.app.run_errand(self, partial(would_deal, self.app.desk), what=_("the stock"), then=self._show)

    def _show(self, foreseen: Sequence[Dealt]) -> None:
        self._foreseen = [one for one in foreseen if one.moved]
        self.query_one(Sheet).show(partial(_page, self._foreseen))
        self.query_one(Sheet).focus()
        self.refresh_bindings()

    def key_labels(self) -> Mapping[str, str]:
        """What F9 does here."""
        return {"confirm": N_("Deal")}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F9 acts when something would move."""
        return bool(self._foreseen) if action == "confirm" else super().check_action(action, parameters)

    def action_confirm(self) -> None:
        """F9: deal as it is shown."""
        work = partial(deal, self.app.desk, seen=self._foreseen)
        self.app.run_errand(self, work, what=_("the stock"), then=self._dealt, refused=self._look_again)

    def _look_again(self, refused: Refused) -> None:
        """What was shown is not so any more: show what is."""
        self.app.refuse(refused)
        self.on_language()

    def _dealt(self, done: Sequence[Dealt]) -> None:
        count = sum(1 for one in done if one.moved)
        told = ngettext("{count} item is dealt anew.", "{count} items are dealt anew.", count).format(count=count)
        self.app.call_later(self.app.leave_with, partial(self._then, told))


def _page(moving: Sequence[Dealt], width: int) -> list[Line]:
    if not moving:
        return paragraph(_("Nothing would change: whoever goes first has what there is."), width, role="muted")
    lines: list[Line] = []
    for one in moving:
        free = _("{count} free then").format(count=one.free_after)
        lines.append(spread(f"{one.code}  {one.name}", free, width, right_role="label"))
        roles = ["good" if share.moves > 0 else "warn" for share in one.moved]
        lines += [*table(COLUMNS, [_share(share) for share in one.moved], width, roles=roles), BLANK]
    return lines


def _share(share: Share) -> tuple[str, ...]:
    word = _("urgent") if share.urgent else _("key") if share.size_class == "key" else ""
    return share.order, word, share.customer, str(share.before), str(share.after), f"{share.moves:+}"
