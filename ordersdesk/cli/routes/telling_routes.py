"""How a route sheet and what became of its slips are printed for people."""

from __future__ import annotations

from ordersdesk.cli.kit.telling import tell_sheet, tell_table
from ordersdesk.delivery.handover.actions import Back
from ordersdesk.delivery.model.cash import NOTHING, at_the_door
from ordersdesk.delivery.model.flow import ROUTE_FLOW, SLIP_FLOW
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.routes.views import SheetView
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, pgettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.promise.rules import OUTCOMES
from ordersdesk.orders.terms.delivery_status import DELIVERIES
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.labels import PAID


def tell_route(desk: Desk, sheet: SheetView) -> None:
    """Print a route sheet with its stops."""
    head = sheet.head
    tell_sheet(
        [
            (_("Route sheet"), head.number),
            (_("State"), _(ROUTE_FLOW.states[head.state])),
            (_("Route"), head.route),
            (_("Wave"), f"{head.day} {head.wave}"),
            (_("Vehicle"), head.vehicle),
            (_("Driver"), head.driver),
            (_("Left at"), head.left_at and head.left_at.astimezone(desk.zone)),
            (pgettext("van", "Back"), head.back_at and head.back_at.astimezone(desk.zone)),
            (_("To collect"), sheet.to_collect),
            (_("Collected"), sheet.collected),
            (_("Handed in"), head.handed_in),
            (_("Difference"), _difference(head)),
            (_("Note"), head.note),
        ]
    )
    doors = desk.policy.slips.at_the_door
    heads = [_("Stop"), _("Slip"), _("State"), _("Customer"), _("Address"), _("Pieces"), _("Parcels"),
             _("To collect"), _("Collected"), _("Signed by")]  # fmt: skip
    rows = (
        (slip.place, slip.number, _(slip.stands), slip.customer_name, slip.address, slip.pieces,
         slip.parcels, at_the_door(slip.payment, slip.due, doors), slip.collected or NOTHING, slip.signed_by)
        for slip in sheet.slips
    )  # fmt: skip
    tell_table(heads, rows, empty=_("Nothing is on it."))


def _difference(head: RouteSheet) -> str:
    """Say by how much the cash that was handed in differs, and why (PAY-6)."""
    if head.handed_in is None or head.handed_in == head.expected:
        return ""
    return " · ".join(filter(None, (formatted(head.handed_in - head.expected), head.difference_why)))


def tell_back(back: Back) -> None:
    """Print what became of a slip and where its order stands."""
    order = back.order
    tell_sheet(
        [
            (_("Slip"), back.number),
            (_("State"), _(SLIP_FLOW.states[back.state])),
            (_("To pay"), back.due),
            (_("Collected"), back.collected),
            (_("Order"), order.number),
            (_("Order is"), _(ORDER_FLOW.states[order.state])),
            (_("Delivery"), _(DELIVERIES[order.delivery])),
            (_("Money"), _(PAID[order.paid])),
            (_("Promise"), _(OUTCOMES[order.promise]) if order.promise else ""),
            (_("Trouble"), back.trouble),
        ]
    )
