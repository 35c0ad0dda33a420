"""What waits for me about slips: paper that is missing, sheets to depart or hand in, trouble, promises broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ordersdesk.delivery.model.flow import CASH, OFFICE, ROAD
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.routes.confirming_queries import to_confirm as first_deliveries
from ordersdesk.delivery.routes.queries import sheets
from ordersdesk.documents.inbox import whose
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.orders.book import queries as book
from ordersdesk.orders.book.queries import Entry, Filter
from ordersdesk.orders.terms.reasons import when


@dataclass(frozen=True)
class Line:
    """A line of home that opens a slip or a route sheet."""

    opens: str
    number: str
    kind: str
    who: str
    why: str
    since: str
    tone: str = ""


def late(desk: Desk, most: int) -> Iterator[tuple[Entry, str]]:
    """Yield the orders whose promise is broken by now, mine or everybody's, with what to say of each."""
    for entry in book.page(desk, late_of(desk), limit=most):
        if entry.promised_on is None:
            continue
        told = _("promised for {day}").format(day=when(entry.promised_on, entry.promised_part, latest=entry.latest))
        yield entry, _("broken today: {told}").format(told=told) if entry.promised_on == desk.today() else told


def late_of(desk: Desk) -> Filter:
    """Return the filter of the late orders that are mine to see."""
    return Filter(late=True, agent=whose(desk))


def chased(desk: Desk, most: int) -> Iterator[Line]:
    """Yield the slips that left before they were printed (SLP-5)."""
    for slip in slips(desk, state="", chased=True, limit=most) if desk.user.roles & OFFICE else ():
        left = f"{slip.left_at.astimezone(desk.zone):%H:%M}" if slip.left_at else ""
        who = f"{slip.number[-4:]} {slip.customer_name}"
        why = _("the goods left before their slip: print it")
        yield Line("slip", slip.number, N_("No paper"), who, why, left, "warn")


def to_confirm(desk: Desk, most: int) -> Iterator[Line]:
    """Yield first deliveries about which the customer is to be called again (CUS-14)."""
    for slip in first_deliveries(desk, limit=most) if desk.user.roles & ROAD else ():
        who = f"{slip.number[-4:]} {slip.customer_name}"
        why = _("a first delivery: confirm address, phone and receiver")
        yield Line("slip", slip.number, N_("To confirm"), who, why, short_day(slip.leaves_on))


def to_depart(desk: Desk, most: int) -> Iterator[Line]:
    """Yield the route sheets that are being loaded (SLP-4)."""
    for sheet in sheets(desk, state="made", limit=most) if desk.user.roles & ROAD else ():
        told = ngettext("{count} slip is loaded", "{count} slips are loaded", sheet.slips).format(count=sheet.slips)
        why = _("{told}, leaves {day} {wave}").format(told=told, day=short_day(sheet.day), wave=sheet.wave)
        yield Line("sheet", sheet.number, N_("To depart"), sheet.route, why, short_day(sheet.day))


def on_the_road(desk: Desk, most: int) -> Iterator[Line]:
    """Yield the route sheets that are on the road or not handed in (PAY-6)."""
    for sheet in sheets(desk, state="departed", limit=most) if desk.user.roles & CASH else ():
        told = ngettext("{count} slip not told about yet", "{count} slips not told about yet", sheet.open)
        told = told.format(count=sheet.open) if sheet.open else _("all told, cash not handed in")
        who = " ".join(filter(None, (sheet.route, sheet.driver)))
        yield Line("sheet", sheet.number, N_("On the road"), who, told, short_day(sheet.day))
