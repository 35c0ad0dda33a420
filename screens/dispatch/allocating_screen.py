"""Before a wave is allocated: what would go, what stays and why; F9 makes the slips (SLP-1, ORD-13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.delivery.model.wave_rules import waves_ahead
from ordersdesk.delivery.slips.allocating_actions import Allocated, LeftOut, Order, allocate, would_allocate
from ordersdesk.delivery.slips.creation_actions import Made
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, in_turn, labelled, ngettext, with_rule
from ordersdesk.foundation.texts.money import formatted
from screens.ground.keys import bindings
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.laying import BLANK, Line, paragraph, spread, table
from screens.widgets.rows import Column
from screens.widgets.sheet import Sheet

COLUMNS = (
    Column(N_("Order"), 15),
    Column("", 8),
    Column(N_("Customer"), least=14),
    Column(N_("Route"), 10),
    Column(N_("Pieces"), 7, right=True),
    Column(N_("To pay"), 11, right=True),
    Column(N_("All of it"), 9, drop=1),
)


class AllocatingScreen(DeskScreen):
    """A dry run first: nothing is written until F9."""

    NAME = N_("Allocate")
    ABOUT = N_("What would go with this wave, and what stays and why. W shows another wave; F9 makes the slips.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    DEFAULT_CSS = "AllocatingScreen Sheet { height: 1fr; }"
    app = getters.app(OrderDesk)

    def __init__(self, wanted: Order, then: Callable[[str, str], object]) -> None:
        super().__init__()
        self._wanted = wanted
        self._then = then
        self._foreseen: Allocated | None = None

    def body(self) -> ComposeResult:
        """The page."""
        yield Sheet()

    def on_mount(self) -> None:
        """Look what would go."""
        self._look()

    def on_language(self) -> None:
        """Look again in the other language."""
        self._look()

    def _look(self) -> None:
        work = partial(would_allocate, self.app.desk, self._wanted)
        self.app.run_errand(self, work, what=_("the wave"), then=self._show)

    def _show(self, foreseen: Allocated) -> None:
        """Keep what is shown as the one value that F9 acts on."""
        self._foreseen = foreseen
        if not self._wanted.numbers:
            self._wanted = replace(self._wanted, leaves=foreseen.leaves)
        self.query_one(Sheet).show(partial(_page, foreseen, self._wanted.route))
        self.query_one(Sheet).focus()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """Another wave."""
        return [] if self._wanted.numbers else [Hint("w", _("Other wave"), do=self._other_wave)]

    def _other_wave(self) -> None:
        """Show the wave behind this one, of those that can still be filled; behind the last comes the first."""
        ahead = waves_ahead(self.app.desk)
        later = (wave for wave in ahead if self._wanted.leaves and wave > self._wanted.leaves)
        self._wanted = replace(self._wanted, leaves=next(later, ahead[0]))
        self._look()

    def key_labels(self) -> Mapping[str, str]:
        """What F9 does here."""
        return {"confirm": N_("Make the slips")}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F9 acts when there is something to make."""
        if action == "confirm":
            return bool(self._foreseen and self._foreseen.made)
        return super().check_action(action, parameters)

    def action_confirm(self) -> None:
        """F9: make the slips."""
        work = partial(allocate, self.app.desk, self._wanted)
        self.app.run_errand(self, work, what=_("the slips"), then=self._slips_made)

    def _slips_made(self, done: Allocated) -> None:
        self.app.call_later(self.app.leave_with, partial(self._then, *told_allocated(done)))


def told_allocated(done: Allocated) -> tuple[str, str]:
    """Return what is said of it and in which tone: nothing made is no success, and says why."""
    made, left = len(done.made), len(done.left)
    if not made:
        return done.why_none(), "warn"
    told = ngettext("{count} slip made for {wave}, {day}.", "{count} slips made for {wave}, {day}.", made)
    stays = ngettext("{count} order stays.", "{count} orders stay.", left).format(count=left) if left else ""
    leaves = done.made[0]  # orders by name may leave with a later wave than the next
    return in_turn((told.format(count=made, wave=leaves.wave, day=short_day(leaves.leaves_on)), stays)), "good"


def _page(foreseen: Allocated, route: str | None, width: int) -> list[Line]:
    count, pieces = len(foreseen.made), sum(made.pieces for made in foreseen.made)
    sums = _("{slips}, {pieces}, {amount} due").format(
        slips=ngettext("{count} slip", "{count} slips", count).format(count=count),
        pieces=ngettext("{count} piece", "{count} pieces", pieces).format(count=pieces),
        amount=formatted(sum((made.due for made in foreseen.made), Decimal(0))),
    )
    # Orders by name may leave with a later wave than the next.
    day, at = (foreseen.made[0].leaves_on, foreseen.made[0].wave) if count else foreseen.leaves
    wave = _("Wave {wave}, {day}").format(wave=at, day=short_day(day))
    if route is not None:
        wave += " · " + _("route {route}").format(route=route or "–")
    lines: list[Line] = [spread(wave, sums if count else _("nothing to allocate"), width, right_role="accent"), BLANK]
    if not count:
        lines += paragraph(foreseen.why_none(), width, role="muted")
    if count:
        roles = ["warn" if made.urgent or made.warning else "" for made in foreseen.made]
        lines += table(COLUMNS, [_made(made) for made in foreseen.made], width, roles=roles)
    if foreseen.left:
        stay = ngettext("{count} order stays:", "{count} orders stay:", len(foreseen.left))
        lines += [BLANK, ((stay.format(count=len(foreseen.left)), "title"),)]
        lines += [line for left in foreseen.left for line in _left(left, width)]
    return lines


def _made(made: Made) -> tuple[str, ...]:
    urgent = _("by {latest}").format(latest=made.latest) if made.latest else _("urgent")
    word = urgent if made.urgent else _("key") if made.size_class == "key" else ""
    whole = _("yes") if made.whole else _("a part")
    return (
        made.order, word, made.customer, made.goes_with, str(made.pieces), formatted(made.due), whole,
    )  # fmt: skip


def _left(left: LeftOut, width: int) -> list[Line]:
    told = with_rule(labelled(f"{left.order}  {left.customer}", left.why), left.rule)
    return paragraph(told, width, role="warn")
