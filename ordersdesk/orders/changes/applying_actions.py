"""Applying a change: lines, goods, promotions, usual items, money and promise together or not at all (CHG-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within, nobody_answers_within, withdraw_within
from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.approvals.rules import KEY_CUSTOMER, OTHERS, Need, Subject
from ordersdesk.catalogue.prices.actions import count_promotions
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.assessment.case import Weight
from ordersdesk.orders.changes.plan.case import Changed
from ordersdesk.orders.commitments.claiming_actions import refuse_overclaimed
from ordersdesk.orders.commitments.usual_actions import adjust, remember
from ordersdesk.orders.model.queries import LINE, by_id
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.payments.actions import costs_now
from ordersdesk.orders.promise.ledger_actions import promised
from ordersdesk.orders.promise.rules import CHANGE
from ordersdesk.orders.review.outcome import go_on, held, seen, wait_again
from ordersdesk.orders.review.snapshot import shown
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.occasions import DOUBLE, needed
from ordersdesk.stock.actions import change_firm

PROMISED = frozenset({"promised_on", "promised_part", "latest"})


def snapshot(changed: Changed, *, new: bool) -> dict[str, str]:
    """Return what is shown of the order before or after the change, label (N_) to text."""
    lines = changed.new if new else changed.old
    head = asdict(changed.head) | (changed.values if new else {})
    return shown(head, [(line.code, line.quantity) for line in lines if line.quantity], changed.customer)


def applied(desk: Desk, session: Session, changed: Changed, *, note: str, request: str) -> None:
    """Write a change; joins the caller's transaction."""
    details = {"request": request, "old": snapshot(changed, new=False), "new": snapshot(changed, new=True)}
    advance(
        desk, session, ORDER_FLOW, Order, held(changed.head), "change",
        changes=changed.values, note=note, details=details,
    )  # fmt: skip
    if PROMISED & changed.values.keys():
        promised(desk, session, changed.head.id, asdict(changed.head) | changed.values, CHANGE)
    _write_lines(session, changed)
    if changed.items:
        names = {line.item_id: line.full_name for line in (*changed.old, *changed.new)}
        change_firm(
            desk, session, order_id=changed.head.id, items=changed.items, wanted=changed.wanted, names=names
        )  # fmt: skip
    if changed.case.reserve_on and changed.items:
        refuse_overclaimed(desk, session, changed.head.id, changed.case.lines)
    _count(desk, session, changed)
    costs_now(desk, session, changed.head)
    if changed.is_free:
        _review_again(desk, session, changed)
    elif changed.head.state == "review":
        go_on(desk, session, changed.head.id)
    else:
        withdraw_within(desk, session, ORDER_FLOW.kind, changed.head.id, reason=_("The order was changed."))
        wait_again(desk, session, changed.head.id)


def _write_lines(session: Session, changed: Changed) -> None:
    before = {line.id: line for line in changed.old}
    for line in changed.new:
        values: dict[str, Any] = {name: value for name, value in asdict(line).items() if name != "id"}
        if line.id is None:
            session.connection().execute(insert(LINE), values | {"order_id": changed.head.id})
        elif line != before[line.id]:
            session.connection().execute(update(LINE).where(LINE.c.id == line.id).values(values))


def _count(desk: Desk, session: Session, changed: Changed) -> None:
    """Move what the order counts for: its pieces of promotions (CAT-3) and its part in what is usual (CAL-4)."""
    promotions = _promotions(changed.new)
    promotions.subtract(_promotions(changed.old))
    moved = {key: count for key, count in promotions.items() if count}
    # What is given back first makes room for what is taken.
    for pieces in ({k: n for k, n in moved.items() if n < 0}, {k: n for k, n in moved.items() if n > 0}):
        count_promotions(session, changed.head.customer_id, pieces)
    old, new = _basket(changed.old), _basket(changed.new)
    customer, today = changed.head.customer_id, desk.today()
    more = [
        {"customer_id": customer, "item_id": item, "orders": 1, "pieces": new[item], "last_on": today}
        for item in sorted(new.keys() - old.keys())
    ]
    if more:
        remember(session, more)
    other = {item: (0 if item in new else -1, new[item] - old[item]) for item in old if new[item] != old[item]}
    adjust(session, customer, other)


def _promotions(lines: Sequence[Agreed]) -> Counter[int]:
    counted: Counter[int] = Counter()
    for line in lines:
        if line.promotion_id is not None:
            counted[line.promotion_id] += line.quantity
    return counted


def _basket(lines: Sequence[Agreed]) -> Counter[int]:
    pieces: Counter[int] = Counter()
    for line in lines:
        if line.quantity:
            pieces[line.item_id] += line.quantity
    return pieces


def _review_again(desk: Desk, session: Session, changed: Changed) -> None:
    """Ask anew about an order that is not confirmed yet: what was asked was about something else (ORD-4, ORD-7)."""
    head = by_id(session, changed.head.id)
    needs = [*_review_needs(changed), *_doubled(session, head.id, changed.value("total"))]
    withdraw_within(desk, session, ORDER_FLOW.kind, head.id, reason=_("The order was changed."))
    nobody_answers_within(session, ORDER_FLOW.kind, head.id)
    if needs:
        subject = Subject(
            kind=ORDER_FLOW.kind, id=head.id, number=head.number, version=head.version, about=head.customer_name,
            rank=KEY_CUSTOMER if head.size_class == "key" else OTHERS, seen=seen(desk, session, head.id),
        )  # fmt: skip
        ask_within(desk, session, subject, needs)
    go_on(desk, session, head.id)


def _review_needs(changed: Changed) -> list[Need]:
    waits = [each for each in changed.findings if each.weight is Weight.REVIEW]
    return [needed(each, changed.value("total")) for each in waits]


def _doubled(session: Session, order_id: int, total: Decimal) -> list[Need]:
    """Keep the question whether the order is a double: it is not answered by changing it."""
    mine = (APPROVAL.c.subject == ORDER_FLOW.kind) & (APPROVAL.c.document_id == order_id) & APPROVAL.c.state.in_(OPEN)
    asked = select(APPROVAL.c.text, APPROVAL.c.facts).where(mine, APPROVAL.c.occasion == DOUBLE.name)
    return [Need(DOUBLE, text, facts, amount=total) for text, facts in session.connection().execute(asked)]
