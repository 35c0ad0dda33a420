"""The verbs about orders: submit, cancel while it is free, keep the read-back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.calls import queries as calls
from ordersdesk.calls.actions import end_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import Held, advance, begin, next_number, record
from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.prepared import Prepared
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import DESK_ROLES
from ordersdesk.foundation.texts import NOTE, clean
from ordersdesk.orders import queries
from ordersdesk.orders.asking import ask_for
from ordersdesk.orders.case import Case, Finding, Line, NotReady, Weight
from ordersdesk.orders.draft import Draft
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.giving_back import give_all_back
from ordersdesk.orders.promotions import use_up
from ordersdesk.orders.queries import LINE, Summary
from ordersdesk.orders.reserving import reserved
from ordersdesk.orders.rules import review
from ordersdesk.orders.tables import Order
from ordersdesk.orders.usual_actions import habits, remember
from ordersdesk.stock.actions import make_firm


@dataclass(frozen=True)
class Submitted:
    """What became of a draft: its number, where it stands, what was agreed, and why it waits if it does."""

    number: str
    state: str
    customer: str
    goods: Decimal
    fee: Decimal
    total: Decimal
    promised_on: Any
    promise: str
    reasons: tuple[WaitingFor, ...] = ()
    repeated: bool = False


@action
def submit(desk: Desk, session: Session, draft: Draft) -> Submitted:
    """Turn a draft into a numbered order, confirmed or in review (ORD-2, ORD-4); refused with every finding.

    The same key again returns the order it made (ORD-11).
    """
    return submit_within(desk, session, draft)


def submit_within(desk: Desk, session: Session, draft: Draft) -> Submitted:
    """Do the same inside the caller's transaction, for many orders out of one file (CAL-7)."""
    desk.needs(*DESK_ROLES, doing=_("take an order"))
    before = queries.by_key(session, draft.key)
    if before is not None:
        return _again(session, before)
    case = queries.case_within(desk, session, draft)
    try:
        waits = _reviewed(case)
    except Refused:
        # The same submit may have been confirmed since we looked: an order is no double of itself.
        before = queries.by_key(session, draft.key)
        if before is None:
            raise
        return _again(session, before)
    return _written(desk, session, case, waits)


def _reviewed(case: Case) -> list[Finding]:
    """Return what needs a person (ORD-4); refused with every finding when something stands against the order."""
    findings = review(case)
    if findings and findings[0].weight is not Weight.REVIEW:
        raise NotReady(findings)
    _refuse_changed(case)
    return [finding for finding in findings if finding.weight is Weight.REVIEW]


def _again(session: Session, before: Summary) -> Submitted:
    return Submitted(
        number=before.number, state=before.state, customer=before.customer_name, goods=before.goods, fee=before.fee,
        total=before.total, promised_on=before.promised_on, promise=before.promise,
        reasons=tuple(queries.reasons(session, before.id)), repeated=True,
    )  # fmt: skip


def _refuse_changed(case: Case) -> None:
    """What was read out is what is booked, or the agent sees the new figure before anything is saved (DLV-7)."""
    said, day = case.draft.said_total, case.draft.said_day
    if said is not None and said != case.total:
        raise Refused(
            "ORD-4",
            _("The total is now {total}; {said} was read out.").format(
                total=formatted(case.total), said=formatted(said)
            ),
            mend=_("Tell the customer and submit again."),
            field="total",
        )
    if day is not None and case.promise and day != case.promise.date:
        raise Refused(
            "DLV-7",
            _("The promise has changed: {promise}.").format(promise=case.promise.explanation),
            mend=_("Tell the customer and submit again."),
            field="deliver_on",
        )


_LINES = Prepared.inserting(LINE)


def _written(desk: Desk, session: Session, case: Case, waits: Sequence[Finding]) -> Submitted:
    number = next_number(desk, session, ORDER_FLOW)
    path = (("enter", ""), ("ask", "") if waits else ("clear", ""))
    call = calls.locked(session, case.draft.key)
    values: dict[str, Any] = _head(case, number, desk.user.login) | {"call_id": call.id if call else None}
    order_id = begin(desk, session, ORDER_FLOW, Order, values, path=path)
    _LINES.many(session, [_row(order_id, line) for line in case.lines])
    names = {line.ware.id: line.ware.name for line in case.lines if line.ware}
    make_firm(desk, session, holder=case.draft.key, order_id=order_id, wanted=reserved(case.lines), names=names)
    remember(session, habits(case, desk.today()))
    use_up(session, case)
    asked = ask_for(desk, session, case, values | {"id": order_id, "version": 1}, waits) if waits else ()
    if call and call.state != "ended":
        end_within(desk, session, call, outcome="order", documents=[number])
    return Submitted(
        number=number, state="review" if waits else "confirmed", customer=values["customer_name"], goods=case.goods,
        fee=case.fee, total=case.total, promised_on=values["promised_on"], promise=values["promise"],
        reasons=tuple(asked),
    )  # fmt: skip


def _head(case: Case, number: str, agent: str) -> dict[str, Any]:
    draft, buyer, promised = case.draft, case.buyer, case.promise
    assert buyer is not None
    return {
        "number": number,
        "key": draft.key,
        "customer_id": buyer.id,
        "customer_name": buyer.name,
        "size_class": buyer.size_class,
        "agent": agent,
        "channel": draft.channel,
        "contact": clean(draft.contact, field="contact"),
        "phone": clean(draft.phone, field="phone", longest=60),
        "address": clean(draft.address, field="address", longest=500),
        "route": buyer.place(draft.address).route,
        "payment": case.payment,
        "invoice": draft.invoice,
        "wished_on": draft.deliver_on,
        "urgent": draft.urgent,
        "promised_on": promised.date if promised else None,
        "promised_part": promised.part if promised else "",
        "promise": promised.explanation if promised else "",
        "note": clean(draft.note, field="note", longest=NOTE, lines=True),
        "goods": case.goods,
        "fee": case.fee,
        "total": case.total,
        "delivery": "none",
        "paid": "unpaid",
        "from_history": False,
    }


def _row(order_id: int, line: Line) -> dict[str, Any]:
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
    }


@action
def cancel(desk: Desk, session: Session, *, number: str, version: int, reason: str) -> None:
    """Cancel an order that is not confirmed yet (ORD-7) and give its goods back; a reason is needed."""
    said = clean(reason, field="reason", longest=500)
    if not said:
        raise Refused("ORD-7", _("Why is it cancelled?"), mend=_("Give a reason."), field="reason")
    found = queries.held_order(desk, session, number)
    held = Held(id=found.id, number=found.number, state=found.state, version=version)
    advance(desk, session, ORDER_FLOW, Order, held, "cancel", note=said)
    if found.state != "draft":  # one that was pulled back has given everything back already (JOY-11)
        give_all_back(desk, session, found)


READ_BACK = N_("read back")


@action
def note_read_back(desk: Desk, session: Session, *, number: str, ticked: Sequence[str]) -> None:
    """Keep when each sentence of the read-back was ticked (JOY-1)."""
    found = queries.held_order(desk, session, number)
    record(desk, session, "order", found.id, READ_BACK, rule="JOY-1", details={"ticked": list(ticked)})
