"""Changing and calling off: the order and its slips together, or not at all (CHG-3, CHG-4)."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.delivery.handover.actions import stands
from ordersdesk.delivery.model.queries import of_orders
from ordersdesk.delivery.slips.following_actions import fall_away, follow
from ordersdesk.delivery.slips.money_came_actions import money_came
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import _, labelled, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.changes import deciding as change_deciding
from ordersdesk.orders.changes.actions import Requested, request_cancel_within, request_within
from ordersdesk.orders.changes.queries import CHANGES
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.entry.actions import cancel_within
from ordersdesk.orders.model.agreed_queries import is_free
from ordersdesk.orders.model.queries import by_id as order_by_id
from ordersdesk.orders.model.queries import held_order
from ordersdesk.orders.payments.actions import Booked, Received, paid_within, take_back_within
from ordersdesk.orders.sheets.actions import Tracked, deposit_paid_within, sheet_returned_within
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.finding import About
from ordersdesk.orders.terms.flow import ORDER_FLOW

ON_PAPER = ("printed", "picked", "loaded")


@dataclass(frozen=True)
class CalledOff:
    """What became of an order that is to be cancelled: cancelled at once, or by this request."""

    order: str
    state: str
    request: Requested | None = None


@action
def request(desk: Desk, session: Session, change: Change) -> Requested:
    """Apply a light change at once, ask for the approval of any other (CHG-2); slips not yet printed follow."""
    reserve_due_within(desk, session)
    head = held_order(desk, session, change.order, lock=True)
    with _naming_slips(session, head.id):
        made = request_within(desk, session, change)
    if made.state == "applied":
        _followed(desk, session, head.id)
    return made


@action
def sheet_returned(desk: Desk, session: Session, *, number: str, on: date | None = None) -> Tracked:
    """Note that a confirmation sheet is back (ORD-6): a late one moves the promise, and slips not yet printed."""
    done = sheet_returned_within(desk, session, number=number, on=on)
    order_id = held_order(desk, session, number).id
    follow(desk, session, order_id, grow=False)
    _perhaps_done(desk, session, order_id)
    return replace(done, state=order_by_id(session, order_id).state)


@action
def deposit_paid(
    desk: Desk, session: Session, *, number: str, amount: Decimal, reference: str = "", sure: bool = False
) -> Tracked:
    """Note that the deposit is in (QUO-4): it may be the last that was open of an order whose goods came already."""
    done = deposit_paid_within(desk, session, number=number, money=Received(amount, reference, sure))
    return replace(done, state=_counted(desk, session, number))


@action
def paid(desk: Desk, session: Session, number: str, money: Received) -> Booked:
    """Mark money in for an order (PAY-3): it goes on, or is done, when that was the last it waited for."""
    done = paid_within(desk, session, number, money)
    return replace(done, state=_counted(desk, session, number))


@action
def take_payment_back(desk: Desk, session: Session, number: str, payment: int, *, why: str) -> Booked:
    """Take a payment back that was marked in by mistake (PAY-3): what is not on its way yet is held again."""
    done = take_back_within(desk, session, number, payment, why=why)
    return replace(done, state=_counted(desk, session, number))


def _counted(desk: Desk, session: Session, number: str) -> str:
    """Let its slips ask for what is left, end an order that is done, and return its state."""
    order_id = held_order(desk, session, number).id
    money_came(desk, session, order_id)
    _perhaps_done(desk, session, order_id)
    return order_by_id(session, order_id).state


@action
def call_off(desk: Desk, session: Session, *, number: str, reason: str, version: int | None = None) -> CalledOff:
    """Cancel an order the way it can be: at once while it was never confirmed, by request afterwards (CHG-4)."""
    head = held_order(desk, session, number, lock=True)
    if is_free(session, head):
        cancel_within(desk, session, number=number, version=version or head.version, reason=reason)
        return CalledOff(head.number, ORDER_FLOW.verb("cancel").to[0])
    with _naming_slips(session, head.id):
        made = request_cancel_within(desk, session, number=number, reason=reason, version=version)
    return CalledOff(head.number, made.order_state, made)


def by_request(desk: Desk, number: str) -> bool:
    """Tell whether an order is cancelled by request only: it is confirmed, or was before it waited again (CHG-4)."""
    with desk.reading() as session:
        head = held_order(desk, session, number)
        return head.state in ORDER_FLOW.verb("call_off").from_ and not is_free(session, head)


def granted(desk: Desk, session: Session, request_id: int) -> None:
    """Apply a change or cancellation after the last yes, with the slips not yet printed (CHG-3)."""
    asked = CHANGES.get(session, request_id)
    with _naming_slips(session, asked.order_id):
        if asked.kind == "cancel":
            # Before the order goes: what is cancelled counts nothing any more.
            fall_away(desk, session, asked.order_id, reason=labelled(asked.number, asked.reason))
        change_deciding.granted(desk, session, request_id)
    if asked.kind != "cancel":
        _followed(desk, session, asked.order_id)


def _followed(desk: Desk, session: Session, order_id: int) -> None:
    """Move the slips along; an order whose rest was closed short may be done (CHG-5)."""
    follow(desk, session, order_id)
    _perhaps_done(desk, session, order_id)


def _perhaps_done(desk: Desk, session: Session, order_id: int) -> None:
    """End an order of which all is delivered and paid, whatever was the last that it waited for (ORD-3)."""
    back = of_orders(session, [order_id], states=("delivered", "refused", "failed"))
    if back and order_by_id(session, order_id).delivery == "delivered":
        last = max(back, key=lambda slip: slip.head.signed_at or slip.head.changed_at)
        stands(desk, session, last, last.head.signed_at or desk.now())


@contextmanager
def _naming_slips(session: Session, order_id: int) -> Generator[None, None, None]:
    """Let a refusal because of printed slips say which ones to void (CHG-3)."""
    try:
        yield
    except Refused as refused:
        slips = of_orders(session, [order_id], states=ON_PAPER) if refused.about == About.SLIPS else []
        there = [slip.head.number for slip in slips if slip.head.state != "loaded"]
        if there:
            refused.mend = _("Void {slips} first.").format(slips=word_list(there))
        elif slips:
            on_the_way = word_list(slip.head.number for slip in slips)
            refused.mend = _("Wait until {slips} is back from the road.").format(slips=on_the_way)
        raise
