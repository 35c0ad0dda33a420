"""When the goods of an order are all here: what comes by transfer or purchase is waited for (STK-5, DLV-2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.case import Line
from ordersdesk.orders.change_plan import Agreed
from ordersdesk.stock.rules import Shortage, sources

WAITS = (Shortage.TRANSFER, Shortage.PURCHASE)


def goods_on(lines: Sequence[Line], today: date, policy: Policy, calendar: Calendar) -> date | None:
    """Return the day on which the goods an order waits for are here; nothing when what is here can go.

    An order of which anything is transferred or purchased goes whole; one of missing pieces that may all come later
    goes with what is here, and waits only when that is nothing.
    """
    missing = [line for line in lines if line.ware and line.short and line.draft.shortage != Shortage.LEAVE]
    days = [calendar.add_working_days(today, max(_days(line, policy))) for line in missing]
    if any(line.draft.shortage in WAITS for line in missing):
        return max(days)
    nothing_here = all(line.short == line.quantity for line in lines)
    return min(days) if missing and nothing_here else None


def waits_past(new: Sequence[Line], old: Sequence[Agreed], promised_on: date, desk: Desk) -> bool:
    """Tell whether a change lets more goods be transferred or bought, and these come too late for the promise."""
    more = Counter({line.ware.id: line.short for line in new if line.ware and line.draft.shortage in WAITS})
    more.subtract({line.item_id: line.short for line in old if line.shortage in WAITS})
    here = goods_on(new, desk.today(), desk.policy, desk.calendar)
    return here is not None and here >= promised_on and any(pieces > 0 for pieces in more.values())


def _days(line: Line, policy: Policy) -> Iterator[int]:
    """Yield the working days each part of what is missing takes; nobody else's shelf means a purchase."""
    left, days = line.short, {str(kind): days for kind, days in policy.stock.transfer_days.items()}
    if line.draft.shortage != Shortage.PURCHASE:
        for shelf, share in sources(list(line.shelves), left):
            left -= share
            yield days[shelf.kind]
    if left:
        yield policy.stock.purchase_days
