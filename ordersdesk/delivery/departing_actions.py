"""Departure: the goods of a route sheet leave the house, all slips of it in one go and only once (SLP-5, SLP-8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.delivery.cash import to_collect
from ordersdesk.delivery.flow import ROUTE_FLOW, SLIP_FLOW
from ordersdesk.delivery.queries import goods_of
from ordersdesk.delivery.queries import held as slip_held
from ordersdesk.delivery.route_queries import held, held_sheet, of_sheet
from ordersdesk.delivery.tables import RouteSheet, Slip
from ordersdesk.delivery.views import SlipHead, SlipView
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import advance
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.texts import clean
from ordersdesk.orders.fulfil_actions import Moved, Progress, fulfil_many
from ordersdesk.stock.leaving_actions import take_out


@dataclass(frozen=True)
class Departed:
    """What left with a sheet, what its driver is to bring, and whom to tell that the goods come (SLP-8)."""

    number: str
    slips: tuple[str, ...]
    pieces: int
    parcels: int
    expected: Decimal
    to_advise: tuple[str, ...]


@action
def depart(desk: Desk, session: Session, number: str, *, vehicle: str = "", driver: str = "") -> Departed:
    """Let a sheet leave; refused (SLP-5) when nothing is on it or it has left already."""
    sheet = held_sheet(desk, session, number, lock=True)
    ROUTE_FLOW.check(ROUTE_FLOW.verb("depart"), roles=desk.user.roles, state=sheet.state, number=sheet.number)
    slips = of_sheet(session, sheet.id, lock=True)
    if not slips:
        raise Refused(
            "SLP-5",
            _("Nothing is loaded on {sheet}.").format(sheet=sheet.number),
            mend=_("Load its slips first, or void it."),
            field="number",
        )
    expected = to_collect(slips, desk.policy.slips.at_the_door)
    changes = {
        "left_at": desk.now(), "expected": expected,
        "vehicle": clean(vehicle, field="vehicle") or sheet.vehicle,
        "driver": clean(driver, field="driver") or sheet.driver,
    }  # fmt: skip
    advance(desk, session, ROUTE_FLOW, RouteSheet, held(sheet), "depart", changes=changes)
    leave_within(desk, session, slips, document=sheet.number)
    numbers = tuple(slip.number for slip in slips)
    parcels, pieces = sum(slip.parcels for slip in slips), sum(slip.pieces for slip in slips)
    return Departed(sheet.number, numbers, pieces, parcels, expected, numbers)


def leave_within(desk: Desk, session: Session, slips: Iterable[SlipHead], *, document: str) -> None:
    """Let loaded slips leave: their goods go out of stock, their orders know; joins the caller's transaction."""
    leaving = list(slips)
    goods = goods_of(session, [slip.id for slip in leaving])
    for slip in leaving:
        changes = {"left_at": desk.now()}
        advance(desk, session, SLIP_FLOW, Slip, slip_held(slip), "leave", changes=changes, note=document)
    views = [SlipView(slip, tuple(goods[slip.id])) for slip in leaving]
    fulfil_many(desk, session, progress(views, "left"))
    moves = [
        (slip.order_id, line.item_id, slip.warehouse_id, line.pieces) for slip in leaving for line in goods[slip.id]
    ]
    take_out(desk, session, moves, document)


def progress(slips: Iterable[SlipView], step: str) -> dict[int, Progress]:
    """Return what whole slips that `left` or were `delivered` do to their orders; one order may have two of them."""
    said = {"left": _("slip {number} left"), "delivered": _("slip {number} delivered")}[step]
    counter = {"left": "shipped", "delivered": "delivered"}[step]
    moved: dict[int, dict[int, Moved]] = {}
    numbers: dict[int, list[str]] = {}
    for slip in slips:
        mine = moved.setdefault(slip.head.order_id, {})
        numbers.setdefault(slip.head.order_id, []).append(slip.head.number)
        for line in slip.lines:
            before = getattr(mine.get(line.order_line_id, Moved()), counter)
            mine[line.order_line_id] = Moved(**{counter: before + line.pieces})
    return {
        order_id: Progress(
            mine,
            said.format(number=_(", ").join(numbers[order_id])),
            {"slips": numbers[order_id], "step": step},
        )
        for order_id, mine in moved.items()
    }
