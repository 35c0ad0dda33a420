"""When an order comes that missed its promised day, as far as anybody knows (ORD-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.delivery.model.wave_rules import car_for, the_next
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.commitments.renewal_actions import awaited_on, promise_now
from ordersdesk.orders.model.agreed_queries import agreed_lines
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.promise.arrival import arrival
from ordersdesk.orders.promise.regions import days_to
from ordersdesk.orders.promise.rules import Due
from ordersdesk.orders.promise.waves import Wave, said
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.delivery_status import missing
from ordersdesk.stock.queries import shelves
from ordersdesk.stock.rules import Shelf, Shortage

IN_THE_HOUSE = ("made", "printed", "picked")


def leaving_now(desk: Desk, head: SlipHead) -> SlipHead:
    """Return a slip with the wave that takes it: one that missed its own goes with the next, urgent goods by car."""
    if head.state not in IN_THE_HOUSE:
        return head
    own = Wave(head.leaves_on, head.wave)
    day, wave = car_for(desk, own) if head.urgent else max(own, the_next(desk))
    return replace(head, leaves_on=day, wave=wave)


def expected(desk: Desk, session: Session, head: Summary, slips: Sequence[SlipView]) -> Due | None:
    """Return when what is late comes: with the wave of its slips, urgent goods by their car, else as promised now.

    Nothing when it waits for goods of which nobody knows when they come.
    """
    here = [leaving_now(desk, view.head) for view in slips if view.head.state in IN_THE_HOUSE]
    if not here:
        lines = agreed_lines(session, head.id)
        goods = _here_on(desk, session, lines) if awaited_on(desk, session, head.id) else desk.today()
        found, _refused = promise_now(desk, session, head, here=goods) if goods else (None, None)
        return Due(found.date, found.part) if found else None
    last = max(Wave(slip.leaves_on, slip.wave) for slip in here)
    if head.urgent:
        return Due(last.day, latest=said(arrival(last, desk.policy).time()))
    days = days_to(head.region, desk.policy) or 0
    return Due(desk.calendar.add_working_days(last.day, days) if days else last.day)


def _here_on(desk: Desk, session: Session, lines: Sequence[Agreed]) -> date | None:
    """Return the day on which all that is missing is here; nothing when no supplier named one that lies ahead."""
    waits = [line for line in lines if missing(line)]
    there = shelves(session, sorted({line.item_id for line in waits}))
    moved = desk.calendar.add_working_days(desk.today(), max(desk.policy.stock.transfer_days.values()))
    days = [moved if line.shortage == Shortage.TRANSFER else _due(desk, line, there[line.item_id]) for line in waits]
    known = [day for day in days if day]
    return max(known) if len(known) == len(days) else None


def _due(desk: Desk, line: Agreed, there: Sequence[Shelf]) -> date | None:
    """Return when enough of a line's goods is on order for; a day that is over tells nothing."""
    coming = (shelf for shelf in there if shelf.is_main and shelf.expected >= missing(line))
    return next((shelf.due for shelf in coming if shelf.due and shelf.due >= desk.today()), None)
