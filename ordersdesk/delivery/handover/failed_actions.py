"""Nothing handed over: a slip that failed and comes again, or whose goods were lost on the road (SLP-6, DLV-8)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.handover.actions import Back, moves_of, on_the_road, stands, told_order
from ordersdesk.delivery.model.cash import NOTHING
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.labels import FAILURES, LOST, TROUBLES, known
from ordersdesk.delivery.model.notice_actions import tell_agent
from ordersdesk.delivery.model.queries import held, held_slip
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.slips.carriage_rules import days_to
from ordersdesk.delivery.slips.revision_actions import settle_money
from ordersdesk.delivery.troubles.actions import Noted, note_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.flow import refused_role
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, clause_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.fulfilment.actions import Moved
from ordersdesk.orders.fulfilment.receipt_actions import serve_within
from ordersdesk.orders.promise.ledger_actions import promise_again
from ordersdesk.stock.leaving_actions import bring_back

AGAIN = N_("{slip} for {customer} was not delivered: {reason}. It comes again on {day}.")
GONE = N_("{slip} for {customer} was lost on the road: {reason}.")


@action
def failed(
    desk: Desk, session: Session, number: str, why: str, again_on: date | None = None, *, note: str = ""
) -> Back:
    """Note that a slip came back whole: its goods lie reserved on the shelf again, its order is promised anew.

    Without a day it comes again on the next working day, by carrier so many days later as its region takes; an earlier
    one, or one that is not worked, is refused.
    """
    slip = on_the_road(desk, session, number)
    reason = known(why, FAILURES, rule="SLP-6", field="why")
    day = _again(desk, slip.head.region, again_on)
    said = clean(note, field="note", longest=NOTE, lines=True)
    changes = {"why": reason, "again_on": day, "collected": NOTHING}
    told = clause_list((_(FAILURES[reason].name), said))
    advance(desk, session, SLIP_FLOW, Slip, held(slip.head), "fail", changes=changes, note=told)
    told_order(desk, session, slip, _taken_back(slip, short=False), step="failed", note=told)
    bring_back(desk, session, moves_of(slip, ((ln.item_id, ln.pieces) for ln in slip.lines)), slip.head.number)
    promise_again(desk, session, slip.head.order_id, day, because="failed")
    settle_money(desk, session, slip.head.order_id)
    facts = {"slip": slip.head.number, "customer": slip.head.customer_name, "reason": told, "day": f"{day}"}
    tell_agent(desk, session, slip.head.order_id, rule="SLP-6", text=AGAIN, facts=facts)
    return Back(slip.head.number, "failed", NOTHING, NOTHING, stands(desk, session, slip, desk.now()))


@action
def note_trouble(desk: Desk, session: Session, number: str, *, kind: str, cause: str, note: str = "") -> Noted:
    """Note that goods came late, damaged or not at all; what is lost on the road is short again (DLV-8)."""
    verb = SLIP_FLOW.verb("lose")
    if not verb.roles & desk.user.roles:
        raise refused_role(verb.roles, doing=_("note trouble on the road"))
    code = known(kind, TROUBLES, rule="DLV-8", field="kind")
    slip = held_slip(desk, session, number, lock=True)
    if slip.head.left_at is None:
        raise Refused(
            "DLV-8",
            _("{number} has not left the house.").format(number=slip.head.number),
            mend=_("Trouble on the road is about goods that left."),
            field="slip",
        )
    trouble = note_within(desk, session, slip.head, kind=code, cause=cause, note=note)
    if code == LOST and slip.head.state == "loaded":
        _lost(desk, session, slip, cause)
    return Noted(trouble, "noted", slip.head.number)


def _lost(desk: Desk, session: Session, slip: SlipView, cause: str) -> None:
    """Count a slip as failed whose goods do not come back: its order waits for other ones."""
    changes = {"why": LOST, "collected": NOTHING}
    advance(desk, session, SLIP_FLOW, Slip, held(slip.head), "lose", changes=changes, note=cause.strip())
    told_order(desk, session, slip, _taken_back(slip, short=True), step="lost", note=cause.strip())
    settle_money(desk, session, slip.head.order_id)
    facts = {"slip": slip.head.number, "customer": slip.head.customer_name, "reason": cause.strip()}
    tell_agent(desk, session, slip.head.order_id, rule="DLV-8", text=GONE, facts=facts)
    serve_within(desk, session, (line.code for line in slip.lines))
    stands(desk, session, slip, desk.now())


def _taken_back(slip: SlipView, *, short: bool) -> dict[int, Moved]:
    return {
        line.order_line_id: Moved(
            allocated=-line.pieces, released=-line.pieces, shipped=-line.pieces, short=line.pieces if short else 0
        )
        for line in slip.lines
    }


def _again(desk: Desk, region: str, day: date | None) -> date:
    """Return the day on which goods come again: they leave on the next working day, a carrier needs its days."""
    leaves = desk.calendar.next_working_day(desk.today())
    first = desk.calendar.add_working_days(leaves, days_to(region, desk.policy) if region else 0)
    if day is None:
        return first
    if day < first or not desk.calendar.is_working_day(day):
        raise Refused(
            "SLP-6",
            _("It cannot come again on {day}.").format(day=short_day(day)),
            mend=_("Give a working day from {first} on.").format(first=first),
            field="again_on",
        )
    return day
