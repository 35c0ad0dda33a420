"""What the intake does while it is being typed: keep it with its call, hold the goods, say what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ordersdesk.calls.actions import UNKNOWN, Moments, answer_within, keep_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.orders.assessment.case import Case
from ordersdesk.orders.assessment.case_queries import case as case_of
from ordersdesk.orders.assessment.case_queries import case_within
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.stock.actions import hold_within
from ordersdesk.stock.queries import held_by


def keep(
    desk: Desk,
    draft: Draft,
    *,
    typed: Mapping[str, Any],
    presented: str = "",
    moments: Moments = UNKNOWN,
) -> Case:
    """Keep an intake: its call is opened, its goods are held as far as there are any, and its case is returned.

    A call that has ended meanwhile, as an order or at another desk, holds nothing any more. What the case comes to is
    read when the goods are let go: whoever waits for the same ones waits for their counting, not for prices and days.
    """
    while True:
        before, has_moved = _keep(desk, draft, typed, presented, moments)
        if not has_moved:
            return before
        after = case_of(desk, draft)
        if after.to_hold() == before.to_hold():
            return after


@action
def _keep(
    desk: Desk, session: Session, draft: Draft, typed: Mapping[str, Any], presented: str, moments: Moments
) -> tuple[Case, bool]:
    """Keep it and hold what it wants; tell whether the holds changed."""
    call = answer_within(desk, session, key=draft.key, presented=presented, channel=draft.channel, moments=moments)
    reserve_due_within(desk, session)
    case = case_within(desk, session, draft)
    customer = case.buyer.id if case.buyer else None
    keep_within(desk, session, key=draft.key, typed=typed, customer_id=customer)
    return case, call.state != "ended" and _hold(desk, session, case)


def _hold(desk: Desk, session: Session, case: Case) -> bool:
    """Bring the holds to what the lines may hold (STK-3); True when they changed."""
    held = {item_id: pieces for (item_id, _place), pieces in held_by(session, case.draft.key).items()}
    wanted = dict.fromkeys(held, 0) | case.to_hold()
    if wanted == held:
        return False
    granted = hold_within(desk, session, holder=case.draft.key, wanted=wanted)
    return {item_id: pieces for item_id, pieces in granted.items() if pieces} != held
