"""The verbs about confirmation sheets: sent, back and signed, the deposit is in (ORD-6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record, stale
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_, _, ngettext, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.sheet_rules import RETURNED, SENT, SHEETS, days_late, moved
from ordersdesk.orders.model import queries
from ordersdesk.orders.model.queries import ORDER, Summary
from ordersdesk.orders.payments.actions import Received, paid_within
from ordersdesk.orders.promise.dispatch_time import leaving
from ordersdesk.orders.promise.ledger_actions import promised
from ordersdesk.orders.promise.rules import SHEET
from ordersdesk.orders.review.outcome import go_on
from ordersdesk.orders.terms.flow import CASHIERS, ORDER_FLOW
from ordersdesk.orders.terms.reasons import stored

ALIVE = ("review", "confirmed")
HOWS = {
    "email": N_("e-mail"), "fax": N_("fax"), "message": N_("message"), "post": N_("post"), "hand": N_("by hand"),
}  # fmt: skip
SHEET_SENT, SHEET_BACK = "sheet sent", "sheet returned"


@dataclass(frozen=True)
class Tracked:
    """Where an order stands after a step of its sheet: its state, its promise, and how late the sheet came."""

    number: str
    state: str
    sheet: str
    due_on: date | None
    promised_on: date | None
    late: int = 0


@action
def send_sheet(desk: Desk, session: Session, *, number: str, how: str) -> Tracked:
    """Note that the sheet went out and how; one that went out late gives the customer the same days to return it."""
    desk.needs(*DESK_ROLES, doing=_("send a confirmation sheet"))
    if how not in HOWS:
        raise Refused(
            "ORD-6",
            _("“{how}” is no way to send a sheet.").format(how=how[:40]),
            mend=_("Allowed: {allowed}.").format(allowed=word_list(HOWS)),
            field="how",
        )
    order = _alive(desk, session, number)
    if order.sheet == RETURNED:
        raise _refused_sheet(order, _("It is back already: nothing is to be sent."))
    changes: dict[str, Any] = {"sheet": SENT, "sheet_sent_at": desk.now()}
    if order.sheet_due_on and order.sheet != SENT:
        days = desk.policy.sheets.return_days
        changes["sheet_due_on"] = max(order.sheet_due_on, desk.calendar.add_working_days(desk.today(), days))
        late = days_late(order.sheet_due_on, changes["sheet_due_on"], desk.calendar)
        changes |= _new_promise(desk, order, late)
    return _written(desk, session, order, changes, (SHEET_SENT, _(HOWS[how])))


def sheet_returned_within(desk: Desk, session: Session, *, number: str, on: date | None = None) -> Tracked:
    """Note that the sheet is back and signed: a late one moves the promise, and the order goes on (ORD-6).

    Joins the caller's transaction, in which the order's slips follow.
    """
    desk.needs(*DESK_ROLES, Role.ORDER_GROUP, doing=_("take back a confirmation sheet"))
    order, day = _alive(desk, session, number), on or desk.today()
    if order.sheet != SENT or order.sheet_sent_at is None:
        raise _refused_sheet(order, _("Send it first: `ordersdesk orders sheet-sent {number}`.").format(
            number=order.number))  # fmt: skip
    sent_on = order.sheet_sent_at.astimezone(desk.zone).date()
    if not sent_on <= day <= desk.today():
        raise Refused(
            "ORD-6",
            _("{day} is not between the day it was sent and today.").format(day=day),
            mend=_("Give a day from {first} to {last}.").format(first=sent_on, last=desk.today()),
            field="on",
        )
    late = days_late(order.sheet_due_on, day, desk.calendar) if order.sheet_due_on else 0
    at = desk.now() if day == desk.today() else datetime.combine(day, time(12), desk.zone).astimezone(UTC)
    changes = {"sheet": RETURNED, "sheet_returned_at": at} | _new_promise(desk, order, late)
    return _written(desk, session, order, changes, (SHEET_BACK, _lateness(late)), late=late)


def deposit_paid_within(desk: Desk, session: Session, *, number: str, money: Received) -> Tracked:
    """Note that the deposit is in (QUO-4); refused when less came than is due, or more and nobody said it twice.

    Joins the caller's transaction, in which its goods may be there already.
    """
    desk.needs(*CASHIERS, doing=_("book a deposit"))
    order, amount = _alive(desk, session, number), money.amount
    if not order.deposit or order.deposit_paid:
        said = _("The deposit of {number} is in already.") if order.deposit else _("{number} needs no deposit.")
        raise Refused("QUO-4", said.format(number=order.number), mend=_("Look at the order."), field="number")
    due = order.deposit - order.money_in
    if amount < due:
        raise Refused(
            "QUO-4",
            _("{amount} is less than the deposit of {due}.").format(amount=formatted(amount), due=formatted(due)),
            mend=_("{missing} more is to come; book it when all is in.").format(missing=formatted(due - amount)),
            field="amount",
        )
    if amount > due and not money.sure:
        raise Refused(
            "QUO-4",
            _("{amount} is more than the deposit of {due}.").format(amount=formatted(amount), due=formatted(due)),
            mend=_("Look at it once more; if so much came, say so: --sure."),
            field="amount",
        )
    paid_within(desk, session, order.number, money)
    now = queries.by_id(session, order.id)
    return Tracked(now.number, now.state, now.sheet, now.sheet_due_on, cast("date | None", now.promised_on))


def _alive(desk: Desk, session: Session, number: str) -> Summary:
    """Return an order that still has a sheet to speak of."""
    order = queries.held_order(desk, session, number)
    if order.state not in ALIVE:
        raise Refused(
            "ORD-6",
            _("{number} is {state}: it has no confirmation sheet now.").format(
                number=order.number, state=_(ORDER_FLOW.states[order.state])
            ),
            mend=_("Possible when it is: {states}.").format(
                states=word_list(_(ORDER_FLOW.states[state]) for state in ALIVE)
            ),
            field="number",
        )
    return order


def _refused_sheet(order: Summary, mend: str) -> Refused:
    text = _("The confirmation sheet of {number} is {state}.").format(number=order.number, state=_(SHEETS[order.sheet]))
    return Refused("ORD-6", text, mend=mend, field="number")


def _new_promise(desk: Desk, order: Summary, late: int) -> dict[str, Any]:
    day = moved(cast("date | None", order.promised_on), late, desk.calendar)
    if day is None or not late:
        return {}
    leaves = leaving(day, order.promised_part, order.region, desk.policy, desk.calendar)
    return {"promised_on": day, "promise": stored([_lateness(late)])} | leaves


def _said(order: Summary) -> dict[str, Any]:
    """Return what of a promise stays when a late sheet moves its day."""
    return {"promised_part": order.promised_part, "latest": order.latest}


def _lateness(late: int) -> str:
    late_by = ngettext("Sheet {days} working day late", "Sheet {days} working days late", late)
    return late_by.format(days=late) if late else ""


def _written(
    desk: Desk, session: Session, order: Summary, changes: Mapping[str, Any], told: tuple[str, str], *, late: int = 0
) -> Tracked:
    """Write a step of the sheet, tell the story, and let the order go on when nothing holds it any more.

    The version stays: what others decide about the order is not about its sheet.
    """
    same = (ORDER.c.id == order.id) & (ORDER.c.version == order.version) & (ORDER.c.sheet == order.sheet)
    done = session.connection().execute(update(ORDER).where(same).values(**changes))
    if cast("CursorResult[Any]", done).rowcount != 1:
        raise stale(order.number)
    before, after = order.promised_on, changes.get("promised_on", order.promised_on)
    details = {"promise": [str(before), str(after)]} if before != after else {}
    record(desk, session, ORDER_FLOW.kind, order.id, told[0], rule="ORD-6", note=told[1], details=details)
    if before != after:
        promised(desk, session, order.id, _said(order) | dict(changes), SHEET)
    go_on(desk, session, order.id)
    now = queries.by_id(session, order.id)
    return Tracked(now.number, now.state, now.sheet, now.sheet_due_on, cast("date | None", now.promised_on), late)
