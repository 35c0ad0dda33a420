"""Goods that leave before their slip is on paper: only in an emergency, told, and chased until it is (SLP-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk.delivery.model.cash import to_collect
from ordersdesk.delivery.model.flow import OVER, SLIP_FLOW
from ordersdesk.delivery.model.queries import held, of_orders, slips
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead, SlipRow, SlipView
from ordersdesk.delivery.model.wave_rules import the_next
from ordersdesk.delivery.routes.confirming_actions import confirm_within
from ordersdesk.delivery.routes.confirming_queries import unconfirmed
from ordersdesk.delivery.routes.departing_actions import leave_within, need_both
from ordersdesk.delivery.routes.queries import ROUTES
from ordersdesk.delivery.slips import allocating_queries as reads
from ordersdesk.delivery.slips.allocating_rules import picked, why_not
from ordersdesk.delivery.slips.creation_actions import Plan, make
from ordersdesk.delivery.slips.following_actions import UNPRINTED
from ordersdesk.delivery.slips.voiding_actions import refuse_printing
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _, bracketed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.orders.model.queries import by_id, held_order
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.review.hold_queries import holds

RELEASED_FIRST = N_("slip {slip} released before its paper: {reason}")
TO_PRINT = N_("{slip} of {customer} left before its slip was on paper: {reason}. Print it today.")


@dataclass(frozen=True)
class Emergency:
    """Why goods leave before their paper, and with whom."""

    reason: str
    driver: str = ""
    vehicle: str = ""
    confirmed: str = ""
    """Whom somebody reached before a first delivery, and what they said (CUS-14)."""


@action
def release_first(desk: Desk, session: Session, order: str, said: Emergency) -> list[SlipView]:
    """Let an order's goods leave before their slip is printed (SLP-5), and make the slip when there is none.

    A reason is needed, and in our own van who drives it; the order group and the manager are told until the paper
    exists. The goods go on a route sheet of their own, so that what their driver collects is handed in like any other
    cash (PAY-6). Only the paper follows: whatever holds goods holds these too, and so does a first delivery (CUS-14).
    """
    desk.needs(*OVER, doing=_("release goods before their slip"))
    why = _cleaned(said)
    if not why.reason:
        raise Refused("SLP-5", _("What is the emergency?"), mend=_("Give a reason."), field="reason")
    head = held_order(desk, session, order)
    ready = _ready(desk, session, head.number, head.id)
    for slip in ready:
        refuse_printing(desk, slip.head)
    if any(not slip.head.carrier for slip in ready):
        need_both(head.number, {"driver": why.driver, "vehicle": why.vehicle})
    _confirm(desk, session, ready, why.confirmed)
    gone = _let_go(desk, session, ready, why)
    for slip in gone:
        _tell(desk, session, slip, why.reason)
    return [slip for slip in of_orders(session, [head.id]) if slip.head.id in _ids(ready)]


def _cleaned(said: Emergency) -> Emergency:
    return Emergency(
        reason=clean(said.reason, field="reason", longest=500),
        driver=clean(said.driver, field="driver"),
        vehicle=clean(said.vehicle, field="vehicle"),
        confirmed=clean(said.confirmed, field="confirmed", longest=NOTE),
    )


def _confirm(desk: Desk, session: Session, ready: Sequence[SlipView], said: str) -> None:
    """Note that a first delivery was confirmed again; refused (CUS-14) when nobody says so."""
    first = unconfirmed(desk, session, [slip.head.id for slip in ready])
    if first and not said:
        told = _("It is the first delivery to {customer}: nobody has confirmed address, phone and receiver again.")
        raise Refused(
            "CUS-14",
            told.format(customer=first[0].customer_name),
            mend=_("Call them, and say whom you reached."),
            field="confirmed",
        )
    for slip in first:
        confirm_within(desk, session, slip.number, said)


def _let_go(desk: Desk, session: Session, ready: Sequence[SlipView], why: Emergency) -> list[SlipHead]:
    """Write the route sheet and let the goods leave with it."""
    sheet_id, sheet = _sheet(desk, session, [slip.head for slip in ready], why)
    note = bracketed(why.reason, why.driver)
    heads = [slip.head for slip in ready]
    current = {slip.head.id: slip for slip in of_orders(session, [heads[0].order_id], states=UNPRINTED)}
    for place, head in enumerate(heads, 1):
        _release(desk, session, current[head.id], note, {"sheet_id": sheet_id, "place": place})
    loaded = of_orders(session, [heads[0].order_id], states=("loaded",))
    gone = [slip.head for slip in loaded if slip.head.id in _ids(ready)]
    leave_within(desk, session, gone, document=sheet)
    return gone


def chased(desk: Desk, *, limit: int = 1000) -> list[SlipRow]:
    """Return the slips whose goods left and that are not on paper yet (SLP-5)."""
    return slips(desk, state="", chased=True, limit=limit)


def _ready(desk: Desk, session: Session, number: str, order_id: int) -> list[SlipView]:
    """Return the order's slips not yet printed; one is made when there is none."""
    order = reads.by_numbers(desk, session, [number], lock=True)[0]
    there = of_orders(session, [order_id], states=UNPRINTED, lock=True)
    lines, held = reads.lines_of(session, [order_id])[order_id], holds(desk, session, [order_id]).get(order_id, ())
    if there and not held:
        return there
    against = why_not(order, lines, held, partial=True)
    if against is not None:
        raise Refused(
            against.rule,
            _("Nothing of {number} can leave now: {why}").format(number=number, why=against.sentence()),
            mend=_("Look at the order and its slips."),
            field="number",
        )
    make(desk, session, [Plan(order, picked(lines), *the_next(desk))])
    return of_orders(session, [order_id], states=UNPRINTED, lock=True)


def _sheet(desk: Desk, session: Session, slips: Sequence[SlipHead], why: Emergency) -> tuple[int, str]:
    """Write the route sheet of what leaves first, on the road already; return its id and number."""
    values = {
        "route": slips[0].goes_with or "–", "day": desk.today(), "wave": "",
        "driver": why.driver, "vehicle": why.vehicle, "note": why.reason, "left_at": desk.now(),
        "expected": to_collect(slips, desk.policy.slips.at_the_door),
    }  # fmt: skip
    sheet = ROUTES.begin(desk, session, values, path=(("release_first", why.reason),))
    return sheet.id, sheet.number


def _release(desk: Desk, session: Session, slip: SlipView, why: str, stop: Mapping[str, int]) -> None:
    changes = {"released_first": True, "released_why": why, **stop}
    advance(desk, session, SLIP_FLOW, Slip, held(slip.head), "release_first", changes=changes, note=why)
    note = _(RELEASED_FIRST).format(slip=slip.head.number, reason=why)
    moved = {line.order_line_id: Moved(released=line.pieces) for line in slip.lines}
    fulfil(desk, session, slip.head.order_id, moved, note=note, details={"slip": slip.head.number})


def _tell(desk: Desk, session: Session, slip: SlipHead, reason: str) -> None:
    facts = {"slip": slip.number, "customer": slip.customer_name, "reason": reason}
    order = by_id(session, slip.order_id)
    for role in (Role.ORDER_GROUP, Role.MANAGER):
        tell(desk, session, order, rule="SLP-5", role=role, text=TO_PRINT, facts=facts)


def _ids(found: Sequence[SlipView]) -> set[int]:
    return {slip.head.id for slip in found}
