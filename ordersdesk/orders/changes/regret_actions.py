"""Sixty-second regret: an order just submitted is pulled back before anything happens with it (JOY-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.approvals.actions import withdraw_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import Timeline, advance, table_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.changes.deciding import withdrawn
from ordersdesk.orders.changes.queries import of_order
from ordersdesk.orders.commitments.release_actions import give_all_back
from ordersdesk.orders.model.agreed_queries import agreed_lines
from ordersdesk.orders.model.queries import Summary, held_order
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.promise.ledger_actions import fallen
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.review.outcome import held
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW

TIMELINE = table_of(Timeline)


@dataclass(frozen=True)
class Regretted:
    """An order that is a draft again, with its number: correct it, or cancel it."""

    number: str
    state: str
    freed: int


@action
def regret(desk: Desk, session: Session, number: str) -> Regretted:
    """Pull an order back (JOY-11): a draft again, its goods free, nobody asked any more.

    Refused when the time is over, a wave took it, or it is on a slip.
    """
    head = held_order(desk, session, number, lock=True)
    ORDER_FLOW.check(ORDER_FLOW.verb("regret"), roles=desk.user.roles, state=head.state, number=head.number)
    _refuse_late(desk, session, head)
    reason = _("The order was pulled back.")
    advance(desk, session, ORDER_FLOW, Order, held(head), "regret")
    fallen(desk, session, head.id)
    for asked in of_order(session, head.id, state="asked"):
        withdraw_within(desk, session, CHANGE_FLOW.kind, asked.id, reason=reason)
        withdrawn(desk, session, asked.id, reason)
    withdraw_within(desk, session, ORDER_FLOW.kind, head.id, reason=reason)
    return Regretted(head.number, "draft", give_all_back(desk, session, head))


def seconds_left(desk: Desk, submitted: datetime) -> int:
    """Return how many seconds an order submitted then can still be pulled back; nought when it is over (JOY-11)."""
    limit = timedelta(seconds=desk.policy.orders.regret_seconds)
    gone = desk.now() - submitted  # below nought where another desk's clock is ahead
    return int((limit - abs(gone)).total_seconds()) if abs(gone) < limit else 0


def _refuse_late(desk: Desk, session: Session, head: Summary) -> None:
    submitted, limit = _submitted(session, head), desk.policy.orders.regret_seconds
    if abs(desk.now() - submitted) > timedelta(seconds=limit):
        raise _late(_("{number} was submitted more than {seconds} seconds ago.").format(
            number=head.number, seconds=limit
        ))  # fmt: skip
    if head.delivery != "none" or any(line.allocated for line in agreed_lines(session, head.id)):
        raise _late(_("{number} is on a slip already.").format(number=head.number))
    if head.leaves_on and Wave(head.leaves_on, head.wave).has_left(desk.local()):
        raise _late(_("The wave took {number} already.").format(number=head.number))


def _submitted(session: Session, head: Summary) -> datetime:
    """Return when an order was last submitted: one that was corrected counts from then."""
    entered = (TIMELINE.c.kind == ORDER_FLOW.kind) & (TIMELINE.c.document_id == head.id) & (TIMELINE.c.verb == "enter")
    return session.connection().execute(select(func.max(TIMELINE.c.at)).where(entered)).scalar() or head.created_at


def _late(message: str) -> Refused:
    return Refused("JOY-11", message, mend=_("Ask for a change or a cancellation instead."), field="number")
