"""My approvals: one queue, most urgent first; Enter opens it, and from there one key decides each (ORD-13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.approvals.page_queries import waiting_on_kind
from ordersdesk.approvals.queries import Waits
from ordersdesk.asked import OVERSEERS
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _, ngettext, pgettext
from ordersdesk.kinds import OCCASIONS
from ordersdesk.orders.book.waiting_queries import in_review
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.approvals.deciding_screen import DecidingScreen
from screens.approvals.rows import ALL, MINE, mine, review_row, told_of
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.laying import paragraph
from screens.widgets.lines import Lines
from screens.widgets.rows import Source, held
from screens.widgets.sheet import Sheet
from screens.widgets.words import Words

MOST = 500  # orders in review on one list; the order book has the rest
LOOK = 20.0  # seconds between looks at an empty queue


@dataclass(frozen=True)
class Queue:
    """One of the queues as it was read: its rows, how many, and how many there are by occasion."""

    everybody: bool
    occasion: str
    source: Source
    total: int
    counts: Mapping[str, int]


class ApprovalsScreen(DeskScreen):
    """F filters by reason; V shows a supervisor every order in review."""

    NAME = N_("Approvals")
    ABOUT = N_(
        "What waits for your yes: key customers first, then what is due. Enter opens it; G grants, D denies, and the"
        " next one opens by itself. F shows one reason only."
    )
    DEFAULT_CSS = """
    ApprovalsScreen #shown { height: 1; width: 100%; }
    ApprovalsScreen Lines { height: 1fr; }
    ApprovalsScreen Sheet { height: 3; }
    """
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._queue: Queue | None = None
        self._everybody = False
        self._occasion = ""

    def body(self) -> ComposeResult:
        """Which queue it is, the queue, and in full what stands under the cursor."""
        yield Words(self._heading, id="shown", classes="muted")
        yield Lines(MINE, empty=N_("Nothing waits for you."), id="queue")
        detail = Sheet(id="detail")
        detail.can_focus = False
        yield detail

    def on_mount(self) -> None:
        """Look again while nothing waits; a list with rows never moves under the cursor."""
        self.set_interval(LOOK, self._look_again)

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        if self.app.seat:
            work = partial(_read, self.app.desk, everybody=self._everybody, occasion=self._occasion)
            self.app.run_errand(self, work, what=_("the queue"), then=self._show)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def _look_again(self) -> None:
        if self.is_current and self._queue is not None and not self._queue.total:
            self.on_screen_resume()

    def _show(self, queue: Queue) -> None:
        lines = self.query_one(Lines)
        if self._queue is None or self._queue.everybody != queue.everybody:
            lines.show_columns(ALL if queue.everybody else MINE)
            lines.empty = N_("No order is in review.") if queue.everybody else N_("Nothing waits for you.")
        self._queue = queue
        lines.show(queue.source, queue.total)
        lines.focus()
        self.query_one("#shown").refresh(layout=True)
        self.refresh_bindings()

    def _heading(self) -> str:
        queue = self._queue
        if queue is None:
            return ""
        which = _("Every order in review") if queue.everybody else _("What waits for you")
        reason = _(OCCASIONS[queue.occasion].label) if queue.occasion else _("every reason")
        count = ngettext("{count} in the queue", "{count} in the queue", queue.total).format(count=f"{queue.total:,}")
        return " · ".join((which, reason, count))

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """The next reason, and the other queue."""
        hints: list[Hint] = []
        if self._queue and (self._queue.counts or self._occasion):
            hints.append(Hint("f", pgettext("key", "Reason"), rank=3, do=self._next_reason))
        if self.app.desk.user.roles & OVERSEERS:
            label = _("What waits for me") if self._everybody else _("All in review")
            hints.append(Hint("v", label, rank=3, do=self._other_queue))
        return hints

    def _next_reason(self) -> None:
        assert self._queue is not None
        reasons = ["", *(name for name in OCCASIONS if name in self._queue.counts)]
        at = reasons.index(self._occasion) if self._occasion in reasons else -1
        self._occasion = reasons[(at + 1) % len(reasons)]
        self.on_screen_resume()

    def _other_queue(self) -> None:
        self._everybody, self._occasion = not self._everybody, ""
        self.on_screen_resume()

    @on(Lines.Moved, "#queue")
    def _at(self, event: Lines.Moved) -> None:
        row = event.row
        self.query_one("#detail", Sheet).show(lambda width: paragraph(told_of(self.app.desk, row), width))

    @on(Lines.Chosen, "#queue")
    async def _open(self, event: Lines.Chosen) -> None:
        if self._everybody:
            await self.app.show_order(event.row.key)
        else:
            lines = self.query_one("#queue", Lines)
            await self.app.push_screen(DecidingScreen(_from(lines, lines.cursor)))


def _from(lines: Lines, number: int) -> Iterator[Waits]:
    """Yield the queue as it is listed, from a row on: what comes in meanwhile is not slipped in between."""
    while row := lines.row(number):
        yield row.data.first
        number += 1


def _read(desk: Desk, *, everybody: bool, occasion: str) -> Queue:
    if everybody:
        found = [review_row(desk, one) for one in in_review(desk, occasion=occasion, limit=MOST)]
        return Queue(everybody, occasion, held(found), len(found), waiting_on_kind(desk, ORDER_FLOW.kind))
    return Queue(everybody, occasion, *mine(desk, occasion))
