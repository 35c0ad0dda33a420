"""What the review found becomes approvals: for each finding the occasion, the sentence, and what was seen (ORD-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within
from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.approvals.rules import KEY_CUSTOMER, OTHERS, Subject
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import Case, Finding
from ordersdesk.orders.review.snapshot import credit_shown, shown
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.occasions import needed


def ask_for(
    desk: Desk, session: Session, case: Case, head: Mapping[str, Any], waits: Sequence[Finding]
) -> list[WaitingFor]:
    """Ask for a yes to each finding, in the submit transaction, and return what the order waits for."""
    lines = [(line.ware.code, line.ordered) for line in case.lines if line.ware]
    who = case.buyer
    assert who is not None
    subject = Subject(
        kind=ORDER_FLOW.kind,
        id=head["id"],
        number=head["number"],
        version=head["version"],
        about=head["customer_name"],
        rank=KEY_CUSTOMER if head["size_class"] == "key" else OTHERS,
        seen=shown(head, lines, who.number) | credit_shown(case.payment, who, case.exposure),
    )
    asked = ask_within(desk, session, subject, [needed(finding, case.total) for finding in waits])
    return [
        WaitingFor(said.occasion.rule, said.role, finding.sentence(), said.occasion.name)
        for finding, said in zip(waits, asked, strict=True)
    ]
