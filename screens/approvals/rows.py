"""The two queues as rows of a list: what waits for me, and every order in review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ordersdesk.approvals.page_queries import waiting_by_occasion
from ordersdesk.approvals.queries import Waits, queue
from ordersdesk.approvals.rules import KEY_CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, NP_, _, in_turn, with_rule, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.kinds import OCCASIONS
from ordersdesk.orders.book.waiting_queries import InReview
from ordersdesk.people.names import person
from screens.widgets.rows import PAGE, Column, Row, Source, held
from screens.widgets.times import is_late, moment, time_left

MINE = (
    Column(N_("Time left"), 13),
    Column(N_("Document"), 15),
    Column("", 6),
    Column(N_("Customer"), least=12),
    Column(N_("Amount"), 11, right=True),
    Column(N_("Why"), least=18),
    Column(N_("Asked by"), 9, drop=1),
)
ALL = (
    Column(NP_("document", "Number"), 15),
    Column("", 6),
    Column(N_("Customer"), least=12),
    Column(N_("Total"), 11, right=True),
    Column(N_("Waits for"), 14),
    Column(N_("Why"), least=18),
    Column(N_("Agent"), 9, drop=1),
    Column(N_("Time left"), 13, drop=2),
)


@dataclass(frozen=True)
class Listed:
    """What waits for my yes about one document, most urgent first."""

    waits: tuple[Waits, ...]

    @property
    def first(self) -> Waits:
        """What stands for all of them."""
        return self.waits[0]


class Mine:
    """My queue read in pages: each begins where the one before it ended, whatever was decided meanwhile."""

    def __init__(self, desk: Desk, occasion: str, first: Sequence[Waits]) -> None:
        self._desk = desk
        self._occasion = occasion
        self._first = first
        self._ends: list[tuple[int, datetime, int]] = [first[-1].place] if first else []

    def __call__(self, offset: int, limit: int) -> Sequence[Row]:
        """Return a page of rows, one for each approval."""
        page = offset // limit
        while self._ends and len(self._ends) < page:
            found = self._read(len(self._ends), limit)
            if not found:
                return ()
            self._ends.append(found[-1].place)
        found = self._read(page, limit) if page and self._ends else self._first
        return [row_of(self._desk, Listed((one,))) for one in found]

    def _read(self, page: int, limit: int) -> Sequence[Waits]:
        return queue(self._desk, occasion=self._occasion, limit=limit, after=self._ends[page - 1])


def mine(desk: Desk, occasion: str) -> tuple[Source, int, Mapping[str, int]]:
    """Return my queue, how many rows it has, and how many there are of each occasion.

    While all of it fits on one page, that page says everything, and each document is one row.
    """
    whole = queue(desk, limit=PAGE)
    if len(whole) == PAGE:
        counts = waiting_by_occasion(desk)
        first = queue(desk, occasion=occasion, limit=PAGE) if occasion else whole
        return Mine(desk, occasion, first), counts.get(occasion, 0) if occasion else sum(counts.values()), counts
    by_document: dict[tuple[str, int], list[Waits]] = {}
    for one in whole:
        if occasion in ("", one.occasion):
            by_document.setdefault((one.kind, one.document_id), []).append(one)
    rows = [row_of(desk, Listed(tuple(found))) for found in by_document.values()]
    return held(rows), len(rows), Counter(one.occasion for one in whole)


def row_of(desk: Desk, listed: Listed) -> Row:
    """Return a document as a row."""
    one = listed.first
    why = word_list(_(OCCASIONS[each.occasion].label) for each in listed.waits)
    cells = (
        time_left(desk, one.due_at), one.document, _key(one.rank == KEY_CUSTOMER), one.about,
        formatted(max(each.amount for each in listed.waits)), why, person(desk, one.asked_by),
    )  # fmt: skip
    return Row(one.id, cells, tone="warn" if is_late(desk, one.due_at) else "", data=listed)


def review_row(desk: Desk, one: InReview) -> Row:
    """Return one order in review as a row; what I may answer myself stands out."""
    due = min((reason.due_at for reason in one.reasons if reason.due_at), default=None)
    first = one.reasons[0] if one.reasons else None
    label = OCCASIONS[first.occasion].label if first and first.occasion in OCCASIONS else ""
    why = _(label) if label else first.sentence if first else ""
    cells = (
        one.entry.number, _key(one.entry.size_class == "key"), one.entry.customer, formatted(one.entry.total),
        word_list(_(role) for role in one.roles), why,
        person(desk, one.entry.agent), time_left(desk, due) if due else "",
    )  # fmt: skip
    late = due is not None and is_late(desk, due)
    tone = "warn" if late else "good" if one.waits_for(desk.user.roles) else ""
    return Row(one.entry.number, cells, tone=tone, data=one)


def told_of(desk: Desk, row: Row | None) -> str:
    """Say in full what stands under the cursor."""
    if row is None:
        return ""
    if isinstance(row.data, InReview):
        return in_turn(reason.sentence for reason in row.data.reasons)
    listed: Listed = row.data
    one = listed.first
    reasons = [with_rule(each.sentence, each.rule) for each in listed.waits]
    asked = _("Asked by {who}, answer until {when}.").format(
        who=person(desk, one.asked_by), when=moment(desk, one.due_at)
    )
    told = " ".join((*reasons, asked))
    again = _("Asked again at {when}.").format(when=moment(desk, one.asked_at)) if one.asked_at else ""
    return " ".join(part for part in (told, again) if part)


def _key(is_key: bool) -> str:
    return _("key") if is_key else ""
