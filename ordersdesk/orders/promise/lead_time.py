"""When the goods of an order are all here: what comes by transfer or purchase is waited for (STK-5, DLV-2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.delivery_status import missing
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


def _days(line: Awaited, policy: Policy) -> Iterator[int]:
    """Yield the working days each part of what is missing takes; nobody else's shelf means a purchase."""
    left, days = line.short, {str(kind): days for kind, days in policy.stock.transfer_days.items()}
    if line.shortage != Shortage.PURCHASE:
        for shelf, share in sources(line.shelves, left, policy.stock.warehouse_order):
            left -= share
            yield days[shelf.kind]
    if left:
        yield policy.stock.purchase_days
