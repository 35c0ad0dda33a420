"""The verbs about orders: submit, cancel while it is free, keep the read-back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.approvals.actions import withdraw_within
from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.customers.records.lead_actions import keep_lead_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import Held, advance, record
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.assessment import case_queries
from ordersdesk.orders.assessment.case import Case, Finding, NotReady, Weight
from ordersdesk.orders.assessment.checks import review
from ordersdesk.orders.assessment.credit_wish import wants
from ordersdesk.orders.changes.call_off_actions import tell_paid
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.commitments.release_actions import give_all_back
from ordersdesk.orders.entry.correcting_queries import CORRECTABLE
from ordersdesk.orders.entry.correcting_queries import as_draft as as_draft
from ordersdesk.orders.entry.entering_actions import enter_again, enter_new
from ordersdesk.orders.model import queries
from ordersdesk.orders.model.agreed_queries import agreed_lines, waits_again
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.promise.dispatch_time import urgent_columns
from ordersdesk.orders.promise.ledger_actions import fallen
from ordersdesk.orders.promise.promise import Promise
from ordersdesk.orders.review import reason_queries
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.orders.terms.flow import ORDER_FLOW


@dataclass(frozen=True)
class Submitted:
    """What became of a draft: its number, where it stands, what was agreed, and why it waits if it does."""

    number: str
    state: str
    customer: str
    goods: Decimal
    fee: Decimal
    total: Decimal
    promised_on: Any
    promise: str
    reasons: tuple[WaitingFor, ...] = ()
    repeated: bool = False
    warning: str = ""
    """What is not certain about the promised day (DLV-3)."""
    latest: str = ""
    """Until when urgent goods are there (DLV-4)."""


@action
def submit(desk: Desk, session: Session, draft: Draft) -> Submitted:
    """Turn a draft into a numbered order, confirmed or in review (ORD-2, ORD-4); refused with every finding.

    The same key again returns the order it made (ORD-11).
    """
    return submit_within(desk, session, draft)


def submit_within(desk: Desk, session: Session, draft: Draft) -> Submitted:
    """Do the same inside the caller's transaction, for many orders out of one file (CAL-7)."""
    desk.needs(*DESK_ROLES, doing=_("take an order"))
    before = queries.by_key(session, draft.key)
    if before is not None:
        return _again(desk, session, before)
    reserve_due_within(desk, session)
    case = case_queries.case_within(desk, session, draft)
    try:
        waits = _reviewed(case)
    except Refused:
        # The same submit may have been confirmed since we looked: an order is no double of itself.
        before = queries.by_key(session, draft.key)
        if before is None:
            raise
        return _again(desk, session, before)
    number, asked = (enter_again if draft.corrects else enter_new)(desk, session, case, waits)
    if case.buyer and wants(draft, case.buyer):
        keep_lead_within(desk, session, case.buyer, note=number)
    return _made(case, number, asked)


def _reviewed(case: Case) -> list[Finding]:
    """Return what needs a person (ORD-4); refused with every finding when something stands against the order."""
    findings = review(case)
    if findings and findings[0].weight is not Weight.REVIEW:
        raise NotReady(findings)
    _refuse_changed(case)
    return [finding for finding in findings if finding.weight is Weight.REVIEW]


def _made(case: Case, number: str, asked: Sequence[WaitingFor]) -> Submitted:
    promised = case.promise
    return Submitted(
        number=number, state="review" if asked else "confirmed", customer=case.buyer.name if case.buyer else "",
        goods=case.goods, fee=case.fee, total=case.total, promised_on=promised.date if promised else None,
        promise=case.promised, reasons=tuple(asked),
        warning=promised.warning if promised else "",
        latest=urgent_columns(case.draft)["latest"],
    )  # fmt: skip


def _again(desk: Desk, session: Session, before: Summary) -> Submitted:
    return Submitted(
        number=before.number, state=before.state, customer=before.customer_name, goods=before.goods, fee=before.fee,
        total=before.total, promised_on=before.promised_on, promise=before.promise,
        reasons=tuple(reason_queries.reasons(desk, session, before.id)), repeated=True,
        warning=desk.calendar.warning(before.promised_on), latest=before.latest,
    )  # fmt: skip


def _refuse_changed(case: Case) -> None:
    """What was read out is what is booked, or the agent sees the new figure before anything is saved (DLV-7)."""
    said = case.draft.said_total
    if said is not None and said != case.total:
        raise Refused(
            "ORD-4",
            _("The total is now {total}; {said} was read out.").format(
                total=formatted(case.total), said=formatted(said)
            ),
            mend=_("Tell the customer and submit again."),
            field="total",
        )
    if case.promise and _promised_otherwise(case.draft, case.promise):
        raise Refused(
            "DLV-7",
            _("The promise has changed: {promise}.").format(promise=case.promise.explanation),
            mend=_("Tell the customer and submit again."),
            field="deliver_on",
        )


def _promised_otherwise(draft: Draft, now: Promise) -> bool:
    """Tell whether the day, its part or the wave of urgent goods is another than what the agent said (DLV-7)."""
    pairs = ((draft.said_day, now.date), (draft.said_part, now.part), (draft.said_wave, now.urgent_wave))
    return any(said is not None and said != found for said, found in pairs)


def cancel_within(desk: Desk, session: Session, *, number: str, version: int, reason: str) -> None:
    """Cancel an order that was never confirmed (ORD-7) and give its goods back; a reason is needed.

    Joins the caller's transaction; one that was confirmed is called off by request (CHG-4).
    """
    said = clean(reason, field="reason", longest=500)
    if not said:
        raise Refused("ORD-7", _("Why is it cancelled?"), mend=_("Give a reason."), field="reason")
    found = queries.held_order(desk, session, number)
    if found.state == "review" and waits_again(session, found.id):
        raise Refused(
            "CHG-4",
            _("{number} was confirmed before: it is cancelled by request.").format(number=found.number),
            mend=_("Ask for its cancellation: whoever decides about changes decides."),
            field="number",
        )
    held = Held(id=found.id, number=found.number, state=found.state, version=version)
    advance(desk, session, ORDER_FLOW, Order, held, "cancel", note=said)
    fallen(desk, session, found.id)
    if found.state not in CORRECTABLE:  # one that is with its agent has given everything back already
        give_all_back(desk, session, found)
    withdraw_within(desk, session, ORDER_FLOW.kind, found.id, reason=said)
    tell_paid(desk, session, found, agreed_lines(session, found.id))


READ_BACK = N_("read back")


@action
def note_read_back(desk: Desk, session: Session, *, number: str, ticked: Sequence[str]) -> None:
    """Keep when each sentence of the read-back was ticked (JOY-1); what nobody ticked was not read."""
    if not ticked:
        return
    found = queries.held_order(desk, session, number)
    record(desk, session, "order", found.id, READ_BACK, rule="JOY-1", details={"ticked": list(ticked)})
