"""From an order and a change to the changed order: priced, promised and reviewed the way a draft is (CHG-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import stale
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.orders.assessment.assessment import Known, assessed
from ordersdesk.orders.assessment.case import Case, Finding
from ordersdesk.orders.assessment.checks import SAME_ITEM, on_lines
from ordersdesk.orders.assessment.fees import NOTHING, fee, overrides
from ordersdesk.orders.changes.plan.lines import moved, rewritten, settled
from ordersdesk.orders.changes.plan.plan import Planned, planned, touched
from ordersdesk.orders.changes.plan.review import found, refuse_gone
from ordersdesk.orders.changes.plan.rules import Base, Level
from ordersdesk.orders.changes.plan.sheet import sheet_after, under_way
from ordersdesk.orders.changes.plan.since_queries import since
from ordersdesk.orders.changes.plan.waiting import waits_past
from ordersdesk.orders.commitments.facts import known
from ordersdesk.orders.commitments.reserving import reserved
from ordersdesk.orders.model.agreed_queries import agreed_lines, customer_number
from ordersdesk.orders.model.agreed_queries import is_free as agreed_freely
from ordersdesk.orders.model.queries import Summary, held_order
from ordersdesk.orders.promise.dispatch_time import promise_columns, urgent_columns
from ordersdesk.orders.promise.regions import place_of
from ordersdesk.orders.review.afterwards_queries import yeses
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.delivery_status import delivery_track
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.reasons import said_of

# What decides when the goods come.
PROMISING = frozenset({"deliver_on", "urgent", "latest", "address", "region"})

NO_FEE_SAID = {"fee_said": None, "fee_reason": "", "fee_approver": ""}


@dataclass(frozen=True)
class Changed:
    """An order as it is and as it shall be, and what the review says of the change."""

    head: Summary
    customer: str
    change: Change
    touched: frozenset[str]
    old: tuple[Agreed, ...]
    new: tuple[Agreed, ...]
    values: dict[str, Any]
    """The columns of the order that get another value."""
    case: Case
    plan: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    items: frozenset[int]
    """The items whose goods move."""
    since: Mapping[Level, Base]
    """From where each level measures (CHG-2)."""
    is_free: bool
    """The order was never confirmed as it stands: its customer may change it freely (ORD-7)."""

    def value(self, name: str) -> Any:
        """Return a column of the order as it shall be."""
        return self.values.get(name, getattr(self.head, name))

    @property
    def promise(self) -> str:
        """Say when the goods would come, in the language being spoken."""
        kept = self.values.get("promise")
        return self.head.promise if kept is None else said_of(kept, *map(self.value, ("promised_on", "promised_part")))

    @property
    def wanted(self) -> dict[tuple[int, int], int]:
        """What the items that move are to have reserved, by item and warehouse; what left the house needs nothing."""
        if self.case.reserve_on:
            return {}
        lines = [line for line in self.case.lines if line.ware and line.ware.id in self.items]
        need = reserved(lines, self.case.policy.stock.warehouse_order)
        for line in self.old:
            main = next((at for at in need if at[0] == line.item_id), None) if line.shipped else None
            if main:
                need[main] = max(0, need[main] - line.shipped)
        return need


def changed_within(desk: Desk, session: Session, change: Change) -> Changed:
    """Return the changed order as it would be now; refused when the order is not to be changed at all."""
    head = held_order(desk, session, change.order)
    ORDER_FLOW.check(ORDER_FLOW.verb("change"), roles=desk.user.roles, state=head.state, number=head.number)
    if change.version is not None and change.version != head.version:
        raise stale(head.number)
    refuse_gone(head)
    lines = agreed_lines(session, head.id)
    plan = planned(lines, change)
    words = touched(lines, change, _said(head))
    draft = _draft(head, customer_number(session, head.customer_id), change, plan)
    case = _promised(desk, draft, known(desk, session, head, lines, draft), (head, lines), words)
    words = _where(words, head, case)
    settled_lines = settled(plan, case.lines)
    new = rewritten(plan, settled_lines, clean(change.reason, field="reason", longest=500))
    money = _money(desk, head, new, change)
    case = replace(case, lines=settled_lines, fee=money["fee"], fee_by_rule=fee(money["goods"], desk.policy).amount)
    sheet = sheet_after(head, lines, new, case)
    is_free = head.state == "review" and agreed_freely(session, head)
    agreed = {occasion: far for (_order, occasion), far in yeses(session, [head.id]).items()}
    moves = {**_head(desk, case, words), **money, **sheet, "delivery": delivery_track(new)}
    values = {name: value for name, value in moves.items() if value != _now(head, name)}
    return Changed(
        head=head, customer=draft.customer, change=change, touched=words, old=lines, new=new, values=values,
        case=case, plan=plan, items=_moving(head, lines, plan, case), is_free=is_free,
        since=since(session, head.id, head.total),
        findings=(
            *found(
                change, head, lines, plan, case,
                values=values, touched=words, same=new == lines, free=is_free, agreed=agreed,
            ),
            *under_way(desk.policy, head, lines, values),
        ),
    )  # fmt: skip


def _moving(head: Summary, lines: Sequence[Agreed], plan: Sequence[Planned], case: Case) -> frozenset[int]:
    """Return the items whose goods move: all of an order that is claimed now, or not any more (STK-3)."""
    flips = bool(head.reserve_on) != bool(case.reserve_on)
    every = {line.item_id for line in lines} if flips else set[int]()
    return moved(plan, case.lines) | every


def _said(head: Summary) -> dict[str, object]:
    names = ("contact", "phone", "address", "note", "payment", "invoice", "urgent", "department", "papers", "fee")
    said = {name: getattr(head, name) for name in names}
    return said | {"deliver_on": head.promised_on, "latest": time_typed(head.latest)}


def _where(words: frozenset[str], head: Summary, case: Case) -> frozenset[str]:
    """Name the region as touched when the goods go to another one, or to one our vans do not serve (CHG-5)."""
    if case.promise is None:
        return words
    other = case.promise.region != head.region and (bool(head.region) or case.promise.by_carrier)
    return words | {"region"} if other else words - {"region"}


def _now(head: Summary, name: str) -> object:
    return getattr(head, name, object())  # a column that a head does not show is written anew


def _draft(head: Summary, customer: str, change: Change, plan: Sequence[Planned]) -> Draft:
    """Write the changed order as a draft, so that it is priced and promised like one."""

    def said(name: str) -> Any:
        new = getattr(change, name)
        return getattr(head, name) if new is None else new

    names = ("contact", "phone", "address", "note", "payment", "invoice", "urgent", "department", "papers")
    # Goods that are not urgent any more have no latest time, unless one is said all the same.
    latest = change.latest or (time_typed(head.latest) if said("urgent") else None)
    return Draft(
        key=f"change-{head.number}",
        customer=customer,
        channel=head.channel,
        contract=head.contract,
        lines=tuple(each.draft for each in plan if each.draft),
        deliver_on=change.deliver_on,
        fee=head.fee_said if change.fee is None else change.fee,
        fee_reason=head.fee_reason if change.fee is None else change.reason,
        accepted=(*change.accepted, *_on_several_lines(plan)),
        # Where an agreed address is, is known; of another one its words or the customer say it (CUS-12).
        region=change.region if change.region is not None else head.region if change.address is None else "",
        latest=latest,
        **{name: said(name) for name in names},
    )


def _on_several_lines(plan: Sequence[Planned]) -> Iterator[str]:
    """Name the yes to goods that stand on several lines of the order already: it was said then (ORD-4)."""
    counted = Counter(each.old.code for each in plan if each.old and each.old.quantity)
    for code, times in counted.items():
        yield from (f"{SAME_ITEM}:{on_lines(code, count)}" for count in range(2, times + 1))


def _promised(
    desk: Desk, draft: Draft, facts: Known, order: tuple[Summary, Sequence[Agreed]], words: frozenset[str]
) -> Case:
    """Promise anew what decides the day; what was promised stays wherever it can be kept (DLV-7)."""
    head, lines = order
    if head.promised_on is None:
        return assessed(desk, draft, facts)
    if not words & PROMISING:
        case = assessed(desk, draft, facts)
        if "lines" in words and isinstance(head.promised_on, date) and waits_past(
            case.lines, lines, head.promised_on, desk
        ):  # fmt: skip
            return case
        return replace(case, promise=None, promise_trouble=None)
    if words & {"deliver_on", "urgent"} or not isinstance(head.promised_on, date):
        return assessed(desk, draft, facts)
    day = head.promised_on
    # Urgent goods that were promised for a later day go with a car of that day, not with one of today.
    since = datetime.combine(day, time.min, desk.zone) if draft.urgent and day > desk.today() else None
    as_promised = assessed(desk, draft.model_copy(update={"deliver_on": day}), facts, since=since)
    return assessed(desk, draft, facts) if as_promised.promise_trouble else replace(as_promised, draft=draft)


def _money(desk: Desk, head: Summary, new: Sequence[Agreed], change: Change) -> dict[str, Any]:
    """Add up the lines; the fee is looked at anew when the goods cost something else (DLV-1).

    A fee that was asked for stands in the place of the rule's as long as that stays as it was.
    """
    goods = sum((line.amount for line in new), NOTHING)
    by_rule = fee(goods, desk.policy).amount
    costs = head.fee if goods == head.goods or _stands(desk, head, by_rule) else by_rule
    said: dict[str, Any] = {} if costs == head.fee else dict(NO_FEE_SAID)
    if change.fee is not None and change.fee != head.fee:
        costs = change.fee
        reason = clean(change.reason, field="reason", longest=500)
        said = {"fee_said": overrides(costs, by_rule), "fee_reason": reason, "fee_approver": ""}
        said = said if said["fee_said"] is not None else dict(NO_FEE_SAID)
    return {"goods": goods, "fee": costs, "total": goods + costs} | said


def _stands(desk: Desk, head: Summary, by_rule: Decimal) -> bool:
    return head.fee_said is not None and fee(head.goods, desk.policy).amount == by_rule


def _head(desk: Desk, case: Case, words: frozenset[str]) -> dict[str, Any]:
    """Return the order's own columns as the change says them."""
    draft, buyer = case.draft, case.buyer
    values: dict[str, Any] = {
        "contact": clean(draft.contact, field="contact"),
        "phone": clean(draft.phone, field="phone", longest=60),
        "address": clean(draft.address, field="address", longest=500),
        "payment": draft.payment,
        "invoice": draft.invoice,
        "urgent": draft.urgent,
        **urgent_columns(draft),
        "note": clean(draft.note, field="note", longest=NOTE, lines=True),
        "reserve_on": case.reserve_on,
    }
    if words & {"address", "region"} and buyer is not None and case.promise is not None:
        values["route"] = place_of(draft, buyer, desk.policy).route
    if "deliver_on" in words:
        values["wished_on"] = draft.deliver_on
    if case.promise is not None:
        values |= promise_columns(case.promise)
    return values
