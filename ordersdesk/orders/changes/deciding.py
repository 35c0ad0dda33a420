"""What becomes of a change request: applied after the last yes, denied at the first no, withdrawn (CHG-2, CHG-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.approvals.actions import answers_within
from ordersdesk.approvals.open_queries import covered
from ordersdesk.approvals.rules import differences
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.texts.language import N_, _, clause_list, labelled
from ordersdesk.foundation.texts.refusals import Stale
from ordersdesk.orders.assessment.case import NotReady, Weight
from ordersdesk.orders.changes.applying_actions import applied, snapshot
from ordersdesk.orders.changes.call_off_actions import called_off, refuse_under_way
from ordersdesk.orders.changes.plan.case import changed_within
from ordersdesk.orders.changes.queries import CHANGES
from ordersdesk.orders.model.agreed_queries import agreed_lines, customer_number
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.model.queries import by_id as order_by_id
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.review.fee_actions import fee_agreed
from ordersdesk.orders.review.snapshot import DELIVERY, said, shown
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW, KINDS
from ordersdesk.orders.terms.flow import ORDER_FLOW

BEYOND = Decimal(-1)  # less than anything that is asked
CHANGE_DENIED, CHANGE_WITHDRAWN = N_("change denied"), N_("change withdrawn")
ORDER, WHAT, REASON = N_("Order"), N_("What"), N_("Reason")


def granted(desk: Desk, session: Session, request_id: int) -> None:
    """Apply a change after the last yes; refused (CHG-3) when the order is not the one that was asked about."""
    asked = CHANGES.get(session, request_id)
    head = order_by_id(session, asked.order_id)
    _refuse_other(head, differences(asked.before, as_it_is(session, head), said))
    CHANGES.step(desk, session, asked, "apply")
    if asked.kind == "cancel":
        lines = agreed_lines(session, head.id)
        refuse_under_way(head, lines)
        called_off(desk, session, head, lines, reason=asked.reason, request=asked.number)
    else:
        _apply(desk, session, asked)
    answers_within(desk, session, CHANGE_FLOW.kind, request_id)


def _apply(desk: Desk, session: Session, asked: ChangeRequest) -> None:
    changed = changed_within(desk, session, parsed(asked.edits))
    stops = [each for each in changed.findings if each.weight is Weight.STOP]
    if stops:
        raise NotReady(stops)
    # The promise may move while a request waits; what it costs may not.
    would = {label: text for label, text in snapshot(changed, new=True).items() if label != DELIVERY}
    was = {label: text for label, text in asked.after.items() if label != DELIVERY}
    _refuse_other(changed.head, differences(was, would, said))
    agreed = covered(session, CHANGE_FLOW.kind, asked.id)
    for each in changed.findings:
        if each.weight is Weight.REVIEW and each.measure > agreed.get(each.occasion, BEYOND):
            _refuse_other(changed.head, [each.sentence()])
    applied(desk, session, changed, note=labelled(asked.number, asked.reason), request=asked.number)
    fee_agreed(session, changed.head.id, kind=CHANGE_FLOW.kind, document_id=asked.id)


def _refuse_other(head: Summary, found: Iterable[str]) -> None:
    different = list(found)
    if different:
        raise Stale(
            "CHG-3",
            _("{number} is not as it was asked about: {what}.").format(number=head.number, what=clause_list(different)),
            mend=_("Withdraw the request and ask again."),
            field="order",
        )


def denied(desk: Desk, session: Session, request_id: int, reason: str) -> None:
    """Deny a change: the order stays as it is, and whoever asked is told (CHG-2)."""
    asked = CHANGES.get(session, request_id)
    CHANGES.step(desk, session, asked, "deny", note=reason)
    note = labelled(asked.number, reason)
    record(desk, session, ORDER_FLOW.kind, asked.order_id, CHANGE_DENIED, rule="CHG-2", note=note)
    tell(
        desk, session, order_by_id(session, asked.order_id), rule="CHG-2", login=asked.created_by,
        text=N_("{request} about {number} was denied: {reason}"),
        facts={"request": asked.number, "number": asked.order_number, "reason": reason},
    )  # fmt: skip


def withdrawn(desk: Desk, session: Session, request_id: int, reason: str, *, verb: str = "withdraw") -> None:
    """Take a request back, or let it fall away with its order: the order stays as it is (CHG-1)."""
    asked = CHANGES.get(session, request_id)
    CHANGES.step(desk, session, asked, verb, note=reason)
    note = labelled(asked.number, reason)
    record(desk, session, ORDER_FLOW.kind, asked.order_id, CHANGE_WITHDRAWN, rule="CHG-1", note=note)


def seen(_desk: Desk, session: Session, request_id: int) -> Mapping[str, str]:
    """Return what an approver is shown: the order as it is now, and what it is to become."""
    asked = CHANGES.get(session, request_id)
    now = as_it_is(session, order_by_id(session, asked.order_id))
    new = {f"→ {label}": text for label, text in asked.after.items() if text != asked.before.get(label)}
    return {ORDER: asked.order_number, WHAT: KINDS[asked.kind], REASON: asked.reason} | now | new


def as_it_is(session: Session, head: Summary) -> dict[str, str]:
    """Return what is shown of an order now, label (N_) to text."""
    lines = agreed_lines(session, head.id)
    kept = [(line.code, line.quantity) for line in lines if line.quantity]
    return shown(asdict(head), kept, customer_number(session, head.customer_id))
