"""Writing what was reviewed: a new order with its number, or one that is entered again (ORD-2, ORD-3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.calls import queries as calls
from ordersdesk.calls.actions import end_within
from ordersdesk.calls.queries import Ring
from ordersdesk.customers.records.contact_actions import learn_region_within
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, advance, begin, next_number
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.assessment.case import Case, Finding, Line
from ordersdesk.orders.assessment.fees import overrides
from ordersdesk.orders.assessment.sheet_rules import SPECIAL, open_conditions, sheet_columns
from ordersdesk.orders.commitments.claiming_actions import refuse_overclaimed
from ordersdesk.orders.commitments.promotions import use_up
from ordersdesk.orders.commitments.reserving import reserved
from ordersdesk.orders.commitments.usual_actions import habits, remember
from ordersdesk.orders.entry.correcting_queries import to_correct
from ordersdesk.orders.model.queries import FORMER, LINE, ORDER, by_id
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.payments.actions import costs_now
from ordersdesk.orders.promise.dispatch_time import promise_columns, urgent_columns
from ordersdesk.orders.promise.ledger_actions import promised
from ordersdesk.orders.promise.regions import place_of, region_of
from ordersdesk.orders.promise.rules import ORDER as ORDERED
from ordersdesk.orders.review.requests import ask_for
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.payment_status import NOTHING
from ordersdesk.stock.actions import make_firm
from ordersdesk.stock.queries import held_by, lock

_LINES = Prepared.inserting(LINE)
# What a correction leaves as it is: who took the order, and how far its delivery and payment are.
_KEPT = ("number", "agent", "delivery", "paid", "money_in", "collected", "handed_over", "from_history")


def enter_new(desk: Desk, session: Session, case: Case, waits: Sequence[Finding]) -> tuple[str, list[WaitingFor]]:
    """Write an order that passed the review and return its number and what it waits for; joins the submit."""
    call = calls.locked(session, case.draft.key)
    _take_turns(session, case)
    _learn_region(desk, session, case)
    number = next_number(desk, session, ORDER_FLOW)
    values: dict[str, Any] = head_of(desk, case, number) | {"call_id": call.id if call else None}
    conditions = list(open_conditions(values, desk.policy))
    path = (("enter", ""), ("ask", "") if waits or conditions else ("clear", ""))
    order_id = begin(desk, session, ORDER_FLOW, Order, values, path=path)
    promised(desk, session, order_id, values, ORDERED, first=True)
    _goods(desk, session, case, order_id)
    asked = ask_for(desk, session, case, values | {"id": order_id, "version": 1}, waits) if waits else []
    _end_call(desk, session, call, number)
    return number, [*asked, *conditions]


def enter_again(desk: Desk, session: Session, case: Case, waits: Sequence[Finding]) -> tuple[str, list[WaitingFor]]:
    """Write a corrected order in the place of the one it corrects; its number stays (ORD-3)."""
    before = to_correct(desk, session, case.draft.corrects)
    call = calls.locked(session, case.draft.key)
    _learn_region(desk, session, case)
    values = head_of(desk, case, before.number)
    values |= {"money_in": case.money_in}
    first = by_id(session, before.id)
    changes = {name: value for name, value in values.items() if name not in _KEPT}
    changes |= {"call_id": call.id} if call else {}
    former = select(ORDER.c.key, ORDER.c.id).where(ORDER.c.id == before.id)
    session.connection().execute(insert(FORMER).from_select(["key", "order_id"], former))
    advance(desk, session, ORDER_FLOW, Order, before, "enter", changes=changes)
    entered = Held(id=before.id, number=before.number, state="entered", version=before.version + 1)
    conditions = list(open_conditions(values, desk.policy))
    advance(desk, session, ORDER_FLOW, Order, entered, "ask" if waits or conditions else "clear")
    costs_now(desk, session, first)
    promised(desk, session, before.id, values, ORDERED)
    session.connection().execute(delete(LINE).where(LINE.c.order_id == before.id))
    _goods(desk, session, case, before.id)
    reached = values | {"id": before.id, "version": entered.version + 1}
    asked = ask_for(desk, session, case, reached, waits) if waits else []
    _end_call(desk, session, call, before.number)
    return before.number, [*asked, *conditions]


def _take_turns(session: Session, case: Case) -> None:
    """Wait for the goods before the number: every order of the day waits for whoever holds that."""
    held = {item_id for item_id, _place in held_by(session, case.draft.key)}
    lock(session, held | {line.ware.id for line in case.lines if line.ware})


def _learn_region(desk: Desk, session: Session, case: Case) -> None:
    """Write what the customer said of a known address onto their card: it is asked once (CUS-12)."""
    draft, buyer = case.draft, case.buyer
    if buyer is None or buyer.place(draft.address).region or not buyer.knows(draft.address):
        return
    place = place_of(draft, buyer, desk.policy)
    if place.region:
        learn_region_within(desk, session, buyer.id, place.text, Region(place.region, place.city))


def _goods(desk: Desk, session: Session, case: Case, order_id: int) -> None:
    """Write the lines, reserve their goods and count what they count for."""
    _LINES.many(session, [row_of(order_id, line) for line in case.lines])
    names = {line.ware.id: line.ware.full_name for line in case.lines if line.ware}
    wanted = {} if case.reserve_on else reserved(case.lines, desk.policy.stock.warehouse_order)
    make_firm(desk, session, holder=case.draft.key, order_id=order_id, wanted=wanted, names=names)
    if case.reserve_on:
        refuse_overclaimed(desk, session, order_id, case.lines)
    remember(session, habits(case, desk.today()))
    use_up(session, case)


def _end_call(desk: Desk, session: Session, call: Ring | None, number: str) -> None:
    if call and call.state != "ended":
        end_within(desk, session, call, outcome="order", documents=[number])


def head_of(desk: Desk, case: Case, number: str) -> dict[str, Any]:
    """Return the columns of an order's head as it was agreed."""
    draft, buyer = case.draft, case.buyer
    assert buyer is not None
    place = place_of(draft, buyer, desk.policy)
    return {
        "number": number,
        "key": draft.key,
        "customer_id": buyer.id,
        "customer_name": buyer.name,
        "size_class": buyer.size_class,
        "agent": desk.user.login,
        "channel": draft.channel,
        "contact": clean(draft.contact, field="contact"),
        "phone": clean(draft.phone, field="phone", longest=60),
        "address": clean(draft.address, field="address", longest=500),
        "route": place.route,
        "region": region_of(place),
        "payment": case.payment,
        "invoice": draft.invoice,
        "wished_on": draft.deliver_on,
        "urgent": draft.urgent,
        **urgent_columns(draft),
        **(promise_columns(case.promise) | ({} if case.promise else {"promise": case.promised_instead})),
        "reserve_on": case.reserve_on,
        "note": clean(draft.note, field="note", longest=NOTE, lines=True),
        "contract": clean(draft.contract, field="contract"),
        "goods": case.goods,
        "fee": case.fee,
        **_fee_columns(case),
        "total": case.total,
        "delivery": "none",
        "paid": "unpaid",
        "money_in": NOTHING,
        "collected": NOTHING,
        "handed_over": NOTHING,
        "from_history": False,
        **sheet_columns(case),
    }


def _fee_columns(case: Case) -> dict[str, Any]:
    """Return what is kept of a fee that was asked for; the rule's own leaves nothing (DLV-1)."""
    said = overrides(case.draft.fee, case.fee_by_rule)
    reason = clean(case.draft.fee_reason, field="fee_reason", longest=500) if said is not None else ""
    return {"fee_said": said, "fee_reason": reason, "fee_approver": ""}


def row_of(order_id: int, line: Line) -> dict[str, Any]:
    """Return the columns of an order's line as it was agreed."""
    assert line.ware is not None
    return {
        "order_id": order_id,
        "position": line.place + 1,
        "item_id": line.ware.id,
        "code": line.ware.code,
        "name": line.ware.name,
        "spec": line.ware.spec,
        "unit": line.ware.unit,
        "quantity": line.ordered,
        "typed": str(line.draft.quantity),
        "price": line.price,
        "price_source": line.priced.source if line.priced else "",
        "amount": line.amount,
        "shortage": line.draft.shortage or "",
        "short": line.short,
        "note": clean(line.draft.note, field="note", longest=500, lines=True),
        "promotion_id": line.priced.counts_against if line.priced else None,
        "special": line.ware.listing == SPECIAL,
        "brand": line.ware.brand,
        "model": line.ware.model,
        "colour": line.ware.colour,
    }
