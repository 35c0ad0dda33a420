"""Departure: the goods of a route sheet leave the house, all slips of it in one go and only once (SLP-5, SLP-8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.delivery.model.cash import to_collect
from ordersdesk.delivery.model.flow import ROUTE_FLOW, SLIP_FLOW
from ordersdesk.delivery.model.holding_queries import refuse_held
from ordersdesk.delivery.model.queries import goods_of
from ordersdesk.delivery.model.queries import held as slip_held
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.delivery.routes.confirming_actions import refuse_unconfirmed
from ordersdesk.delivery.routes.queries import ROUTES, of_sheet
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.fulfilment.actions import Moved, Progress, fulfil_many
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
def depart(
    desk: Desk, session: Session, number: str, *, vehicle: str = "", driver: str = "", other_day: str = ""
) -> Departed:
    """Let a sheet leave; refused (SLP-5) when nothing is on it, nobody drives it, or it has left already.

    One that leaves on another day than its own is asked about: `other_day` says why, and stands in its story.
    """
    sheet = ROUTES.by_number(desk, session, number, lock=True)
    ROUTE_FLOW.check(ROUTE_FLOW.verb("depart"), roles=desk.user.roles, state=sheet.state, number=sheet.number)
    slips = of_sheet(session, sheet.id, lock=True)
    if not slips:
        raise Refused(
            "SLP-5",
            _("Nothing is loaded on {sheet}.").format(sheet=sheet.number),
            mend=_("Load its slips first, or void it."),
            field="number",
        )
    unload = _("Take it off: `ordersdesk routes unload {sheet} {{slip}}`, or ask on its order's page (A).")
    refuse_held(desk, session, slips, mend=unload.format(sheet=sheet.number))
    expected = to_collect(slips, desk.policy.slips.at_the_door)
    who = {
        "driver": clean(driver, field="driver") or sheet.driver,
        "vehicle": clean(vehicle, field="vehicle") or sheet.vehicle,
    }
    if any(not slip.carrier for slip in slips):  # a carrier's people are the carrier's business
        need_both(sheet.number, who)
    refuse_unconfirmed(desk, session, [slip.id for slip in slips])
    why = clean(other_day, field="other_day", longest=500)
    if sheet.day != desk.today() and not why:
        raise _another_day(sheet.number, sheet.day)
    changes = {"left_at": desk.now(), "expected": expected, **who}
    ROUTES.step(desk, session, sheet, "depart", changes=changes, note=why)
    leave_within(desk, session, slips, document=sheet.number)
    numbers = tuple(slip.number for slip in slips)
    parcels, pieces = sum(slip.parcels for slip in slips), sum(slip.pieces for slip in slips)
    return Departed(sheet.number, numbers, pieces, parcels, expected, numbers)


def need_both(document: str, who: Mapping[str, str]) -> None:
    """Refuse (SLP-5) a van of ours that nobody drives: who brings the money back must be known."""
    texts = {"driver": N_("Who drives {sheet}?"), "vehicle": N_("In which van does {sheet} go?")}
    missing = next((name for name, said in who.items() if not said), None)
    if missing:
        raise Refused(
            "SLP-5",
            _(texts[missing]).format(sheet=document),
            mend=_("Name the driver and the number plate of the van."),
            field=missing,
        )


def _another_day(number: str, day: date) -> Refused:
    return Refused(
        "SLP-5",
        _("{sheet} is of {day}, not of today.").format(sheet=number, day=short_day(day)),
        mend=_("Say why it leaves today all the same."),
        field="other_day",
    )


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
            said.format(number=word_list(numbers[order_id])),
            {"slips": numbers[order_id], "step": step},
        )
        for order_id, mine in moved.items()
    }
