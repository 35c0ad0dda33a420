"""The verbs about changes: ask for one, or for a cancellation of what is confirmed (CHG-1…5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within
from ordersdesk.approvals.queries import WaitingFor, waiting_on
from ordersdesk.approvals.rules import KEY_CUSTOMER, OTHERS, Need, Subject
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record, stale
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, _, labelled
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.assessment.case import Finding, NotReady, Weight
from ordersdesk.orders.changes.applying_actions import applied, snapshot
from ordersdesk.orders.changes.call_off_actions import refuse_under_way
from ordersdesk.orders.changes.deciding import as_it_is, seen
from ordersdesk.orders.changes.plan.case import changed_within
from ordersdesk.orders.changes.plan.comparison import effect, needs
from ordersdesk.orders.changes.plan.rules import OF_LEVEL, Effect, cancelled, graded
from ordersdesk.orders.changes.plan.since_queries import since
from ordersdesk.orders.changes.queries import CHANGES, of_order
from ordersdesk.orders.model.agreed_queries import agreed_lines, is_free
from ordersdesk.orders.model.queries import Summary, held_order
from ordersdesk.orders.model.queries import by_id as order_by_id
from ordersdesk.orders.review.snapshot import TOTAL
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW

CHANGE_ASKED = N_("change asked")


@dataclass(frozen=True)
class Requested:
    """What became of a change: applied at once or asked, at which level, and whom it waits for."""

    number: str
    order: str
    state: str
    level: str
    order_state: str
    old_total: Decimal
    new_total: Decimal
    promise: str
    waits: tuple[WaitingFor, ...] = ()


def request_within(desk: Desk, session: Session, change: Change) -> Requested:
    """Apply a light change at once, ask for the approval of any other (CHG-2, CHG-5); refused with every finding.

    Joins the caller's transaction, in which the order's slips follow.
    """
    desk.needs(*DESK_ROLES, doing=_("change an order"))
    changed = changed_within(desk, session, change)
    refuse_unready(changed.findings)
    grade = graded(effect(desk, changed), desk.policy.changes)
    wanted = needs(changed, grade)
    if wanted:
        _refuse_another(session, changed.head)
    reason = clean(change.reason, field="reason", longest=500)
    values: dict[str, Any] = {
        "kind": "short_close" if _closes_only(change) else "change",
        "reason": reason,
        "edits": change.model_dump(mode="json", exclude_defaults=True, exclude={"version"}),
        "before": snapshot(changed, new=False),
        "after": snapshot(changed, new=True),
        "level": str(grade.level),
        "old_total": changed.head.total,
        "new_total": changed.value("total"),
    }
    request_id, number = _begun(desk, session, changed.head, values, wanted)
    if not wanted:
        applied(desk, session, changed, note=labelled(number, reason), request=number)
    return _requested(session, request_id, promise=changed.promise)


def request_cancel_within(
    desk: Desk, session: Session, *, number: str, reason: str, version: int | None = None
) -> Requested:
    """Ask to cancel an order that is or was confirmed, like a change of the whole amount (CHG-4).

    Refused when it is dispatched (only as a return) or on a printed slip; joins the caller's transaction.
    """
    desk.needs(*DESK_ROLES, doing=_("cancel an order"))
    said = clean(reason, field="reason", longest=500)
    if not said:
        raise Refused("CHG-4", _("Why is it cancelled?"), mend=_("Give a reason."), field="reason")
    head = held_order(desk, session, number)
    if version is not None and version != head.version:
        raise stale(head.number)
    lines = agreed_lines(session, head.id)
    refuse_under_way(head, lines)
    ORDER_FLOW.check(ORDER_FLOW.verb("call_off"), roles=desk.user.roles, state=head.state, number=head.number)
    if is_free(session, head):
        raise Refused(
            "ORD-7",
            _("{number} is not confirmed yet: nobody needs to be asked.").format(number=head.number),
            mend=_("Cancel it."),
            field="number",
        )
    _refuse_another(session, head)
    steps = since(session, head.id, head.total)
    whole = Effect(old_total=head.total, new_total=Decimal("0.00"), touched=frozenset({"lines"}), since=steps)
    grade = cancelled(whole, desk.policy.changes)
    now = as_it_is(session, head)
    values: dict[str, Any] = {
        "kind": "cancel", "reason": said, "edits": {}, "before": now, "after": now | {TOTAL: "0.00"},
        "level": str(grade.level), "old_total": head.total, "new_total": Decimal("0.00"),
    }  # fmt: skip
    need = Need(OF_LEVEL[grade.level], N_("The whole order is to be cancelled: {reason}"), {"reason": said}, head.total)
    request_id, _number = _begun(desk, session, head, values, [need])
    return _requested(session, request_id, promise=head.promise)


def refuse_unready(findings: Sequence[Finding]) -> None:
    """Refuse a change against which something stands, or about which the customer is to be asked."""
    against = [each for each in findings if each.weight is not Weight.REVIEW]
    if against:
        raise NotReady(sorted(against, key=lambda each: list(Weight).index(each.weight)))


def _closes_only(change: Change) -> bool:
    said = change.model_dump(exclude_defaults=True, exclude={"order", "version", "reason", "lines", "accepted"})
    return bool(change.lines) and not said and all(line.close_short for line in change.lines)


def _refuse_another(session: Session, head: Summary) -> None:
    """One request at a time waits: the second would be about an order that the first changes."""
    waiting = of_order(session, head.id, state="asked")
    if waiting:
        raise Refused(
            "CHG-1",
            _("{request} about {number} waits for approval already.").format(
                request=waiting[0].number, number=head.number
            ),
            mend=_("Wait for it, or withdraw it and ask for everything at once."),
            field="order",
        )


def _begun(
    desk: Desk, session: Session, head: Summary, values: Mapping[str, Any], wanted: Sequence[Need]
) -> tuple[int, str]:
    """Write the request and ask whoever must approve it."""
    about = {"order_id": head.id, "order_number": head.number}
    rest = {"occasions": [need.occasion.name for need in wanted]}
    path = (("ask" if wanted else "apply at once", ""),)
    made = CHANGES.begin(desk, session, {**about, **values, **rest}, path=path)
    number, request_id = made.number, made.id
    if wanted:
        details = {"request": number, "level": values["level"], "old": values["before"], "new": values["after"]}
        note = labelled(number, values["reason"])
        record(desk, session, ORDER_FLOW.kind, head.id, CHANGE_ASKED, rule="CHG-1", note=note, details=details)
        subject = Subject(
            kind=CHANGE_FLOW.kind, id=request_id, number=number, version=1, about=head.customer_name,
            rank=KEY_CUSTOMER if head.size_class == "key" else OTHERS, seen=seen(desk, session, request_id),
        )  # fmt: skip
        ask_within(desk, session, subject, wanted)
    return request_id, number


def _requested(session: Session, request_id: int, *, promise: str) -> Requested:
    made = CHANGES.get(session, request_id)
    order = order_by_id(session, made.order_id)
    waiting = waiting_on(session, CHANGE_FLOW.kind, request_id) or waiting_on(session, ORDER_FLOW.kind, order.id)
    return Requested(
        number=made.number, order=made.order_number, state=made.state, level=made.level, order_state=order.state,
        old_total=made.old_total, new_total=made.new_total, promise=promise, waits=tuple(waiting),
    )  # fmt: skip
