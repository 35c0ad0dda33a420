"""When the goods of an order are all here: what comes by transfer or purchase is waited for (STK-5, DLV-2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.case import Line
from ordersdesk.orders.change_plan import Agreed
from ordersdesk.orders.sheet_rules import SPECIAL
from ordersdesk.orders.tracks import missing
from ordersdesk.stock.rules import Shelf, Shortage, sources

WAITS = (Shortage.TRANSFER, Shortage.PURCHASE)


@dataclass(frozen=True)
class Awaited:
    """A line as far as its goods are still to go: how many pieces, how many of them are not here, how they come."""

    pieces: int
    short: int
    shortage: str
    shelves: Sequence[Shelf]
    special: bool = False
    """Special goods: the supplier says when they come (QUO-4)."""


def of_draft(lines: Sequence[Line]) -> list[Awaited]:
    """Return the lines of a draft; what is left out is not waited for."""
    return [
        Awaited(line.quantity, 0 if line.draft.shortage == Shortage.LEAVE else line.short, line.draft.shortage or "",
                line.shelves, line.ware is not None and line.ware.listing == SPECIAL)
        for line in lines
    ]  # fmt: skip


def of_order(lines: Sequence[Agreed], shelves: Mapping[int, Sequence[Shelf]]) -> list[Awaited]:
    """Return the lines of an order: what is on slips already waits for nothing."""
    return [
        Awaited(
            line.quantity - line.allocated, missing(line), line.shortage, shelves.get(line.item_id, ()), line.special
        )
        for line in lines
    ]


def awaits_answer(lines: Sequence[Awaited]) -> bool:
    """Tell whether nobody knows yet when special goods come: their supplier has not answered (QUO-4)."""
    return any(line.special and line.short and line.shortage != Shortage.TRANSFER for line in lines)


def goods_on(lines: Sequence[Awaited], today: date, policy: Policy, calendar: Calendar) -> date | None:
    """Return the day on which the goods an order waits for are here; nothing when what is here can go.

    An order of which anything is transferred or purchased goes whole; one of missing pieces that may all come later
    goes with what is here, and waits only when that is nothing.
    """
    waiting = [line for line in lines if line.short]
    days = [calendar.add_working_days(today, max(_days(line, policy))) for line in waiting]
    if any(line.shortage in WAITS for line in waiting):
        return max(days)
    nothing_here = all(line.short == line.pieces for line in lines)
    return min(days) if waiting and nothing_here else None


def waits_past(new: Sequence[Line], old: Sequence[Agreed], promised_on: date, desk: Desk) -> bool:
    """Tell whether a change lets more goods be transferred or bought, and these come too late for the promise."""
    more = Counter({line.ware.id: line.short for line in new if line.ware and line.draft.shortage in WAITS})
    more.subtract({line.item_id: line.short for line in old if line.shortage in WAITS})
    here = goods_on(of_draft(new), desk.today(), desk.policy, desk.calendar)
    return here is not None and here >= promised_on and any(pieces > 0 for pieces in more.values())


def _days(line: Awaited, policy: Policy) -> Iterator[int]:
    """Yield the working days each part of what is missing takes; nobody else's shelf means a purchase."""
    left, days = line.short, {str(kind): days for kind, days in policy.stock.transfer_days.items()}
    if line.shortage != Shortage.PURCHASE:
        for shelf, share in sources(line.shelves, left, policy.stock.warehouse_order):
            left -= share
            yield days[shelf.kind]
    if left:
        yield policy.stock.purchase_days
