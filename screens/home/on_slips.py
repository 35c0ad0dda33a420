"""What waits for me about slips: goods that left before their paper, sheets that are not handed in, promises broken."""

from __future__ import annotations

from collections.abc import Iterator

from ordersdesk.delivery.flow import CASH, OFFICE
from ordersdesk.delivery.queries import slips
from ordersdesk.delivery.route_queries import sheets
from ordersdesk.foundation.daynames import short_day
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, _, ngettext
from ordersdesk.foundation.roles import Role
from ordersdesk.orders import book_queries as book
from ordersdesk.orders.book_queries import Entry, Filter
from ordersdesk.orders.explaining import when

# Who looks after everybody's promises; all others see their own.
OVERSEERS = OFFICE | {Role.BRANCH_GM, Role.DISPATCHER}
Told = tuple[str, str, str, str, str]
"""Number, kind, who, why, since."""


def late(desk: Desk, most: int) -> Iterator[tuple[Entry, str]]:
    """Yield the orders whose promise is broken by now, mine or everybody's, with what to say of each."""
    for entry in book.page(desk, late_of(desk), limit=most):
        if entry.promised_on is None:
            continue
        told = _("promised for {day}").format(day=when(entry.promised_on, entry.promised_part))
        yield entry, _("broken today: {told}").format(told=told) if entry.promised_on == desk.today() else told


def late_of(desk: Desk) -> Filter:
    """Return the filter of the late orders that are mine to see."""
    return Filter(late=True, agent="" if desk.user.roles & OVERSEERS else desk.user.login)


def chased(desk: Desk, most: int) -> Iterator[Told]:
    """Yield the slips that left before they were printed (SLP-5)."""
    for slip in slips(desk, state="", chased=True, limit=most) if desk.user.roles & OFFICE else ():
        left = f"{slip.left_at.astimezone(desk.zone):%H:%M}" if slip.left_at else ""
        who = f"{slip.number[-4:]} {slip.customer_name}"
        yield slip.number, N_("No paper"), who, _("the goods left before their slip: print it"), left


def on_the_road(desk: Desk, most: int) -> Iterator[Told]:
    """Yield the route sheets that are on the road or not handed in (PAY-6)."""
    for sheet in sheets(desk, state="departed", limit=most) if desk.user.roles & CASH else ():
        told = ngettext("{count} slip not told about yet", "{count} slips not told about yet", sheet.open)
        told = told.format(count=sheet.open) if sheet.open else _("all told, cash not handed in")
        who = " ".join(filter(None, (sheet.route, sheet.driver)))
        yield sheet.number, N_("On the road"), who, told, short_day(sheet.day)
