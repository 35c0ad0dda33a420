"""Looking again at an order's customer: what is no longer asked falls away, what is new is asked (ORD-5, CUS-9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within, not_needed_within
from ordersdesk.approvals.open_queries import open_on
from ordersdesk.approvals.rules import KEY_CUSTOMER, OTHERS, Subject
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.assessment import gates
from ordersdesk.orders.assessment.gates import Standing
from ordersdesk.orders.assessment.standing_queries import standing_of
from ordersdesk.orders.model.agreed_queries import customer_number
from ordersdesk.orders.model.queries import Summary, goods_of
from ordersdesk.orders.review.afterwards_queries import yeses
from ordersdesk.orders.review.hold_queries import came_up
from ordersdesk.orders.review.snapshot import credit_shown, shown
from ordersdesk.orders.terms.finding import Finding, Weight
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.occasions import CASH_ELSEWHERE, ON_ACCOUNT, OVER_LIMIT, OVERDUE, needed

# What is asked because of the customer, and may need no answer any more: a limit was raised, a debt paid.
OF_CREDIT = frozenset(one.name for one in (OVERDUE, ON_ACCOUNT, OVER_LIMIT, CASH_ELSEWHERE))

# What is asked about a confirmed order that is held on its way.
HELD_BY = frozenset(one.name for one in (OVERDUE, OVER_LIMIT, CASH_ELSEWHERE))


def look_again(desk: Desk, session: Session, head: Summary) -> None:
    """Ask about an order in review what its customer's money asks now; joins the caller's transaction."""
    one = standing_of(desk, session, head)
    found = list(gates.credit(one, desk.policy))
    _drop(desk, session, head, found, of=OF_CREDIT)
    _ask(desk, session, head, one, list(_new(session, head, found)))


def ask_held(desk: Desk, session: Session, head: Summary) -> bool:
    """Ask about a confirmed order that is held because of its customer; False when nobody's yes would help."""
    asked = {one.occasion for one in open_on(session, ORDER_FLOW.kind, head.id)}
    found = [finding for finding in came_up(desk, session, head.id) if finding.occasion not in asked]
    _ask(desk, session, head, standing_of(desk, session, head), found)
    return bool(found)


def drop_over(desk: Desk, session: Session, head: Summary) -> None:
    """Withdraw what was asked about a confirmed order on its way and is not so any more."""
    _drop(desk, session, head, came_up(desk, session, head.id), of=HELD_BY)


def _drop(desk: Desk, session: Session, head: Summary, found: Sequence[Finding], *, of: frozenset[str]) -> None:
    """Withdraw what was asked because of the customer and is not so any more."""
    gone = of - {finding.occasion for finding in found}
    not_needed_within(desk, session, ORDER_FLOW.kind, head.id, occasions=gone, reason=_("It is not so any more."))


def _new(session: Session, head: Summary, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what nobody is asked about and no yes covers: a yes stands while it is no more than what was asked."""
    asked = {one.occasion for one in open_on(session, ORDER_FLOW.kind, head.id)}
    agreed = yeses(session, [head.id])
    for finding in found:
        covered = (head.id, finding.occasion) in agreed and finding.measure <= agreed[head.id, finding.occasion]
        if finding.weight is Weight.REVIEW and finding.occasion not in asked and not covered:
            yield finding


def _ask(desk: Desk, session: Session, head: Summary, one: Standing, found: Sequence[Finding]) -> None:
    """Ask in nobody's name: whoever took the last step may answer too (USR-3)."""
    if not found:
        return
    lines = [(line.code, line.quantity) for line in goods_of(session, head.id)]
    number = customer_number(session, head.customer_id)
    subject = Subject(
        kind=ORDER_FLOW.kind, id=head.id, number=head.number, version=head.version, about=head.customer_name,
        rank=KEY_CUSTOMER if head.size_class == "key" else OTHERS,
        seen=shown(asdict(head), lines, number) | credit_shown(head.payment, one.buyer, one.exposure),
    )  # fmt: skip
    ask_within(desk.signed_in(SYSTEM), session, subject, [needed(each, head.total) for each in found])
