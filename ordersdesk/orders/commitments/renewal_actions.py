"""The promise of an order that goes on later than it was submitted, counted from that moment (ORD-15, DLV-7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import select, update
from sqlmodel import Session

from ordersdesk.customers.model.queries import Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.orders.assessment.assessment import promise_facts
from ordersdesk.orders.commitments.facts import given_back
from ordersdesk.orders.model.agreed_queries import agreed_lines, customer_number
from ordersdesk.orders.model.queries import ORDER, Summary, by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.promise.dispatch_time import promise_columns
from ordersdesk.orders.promise.lead_time import Awaited, awaits_answer, goods_on, of_order
from ordersdesk.orders.promise.ledger_actions import PROMISE, PROMISED_AGAIN, promised
from ordersdesk.orders.promise.promise import Promise, PromiseFacts, promise
from ordersdesk.orders.promise.rules import CAME, CONFIRMED, SHEET
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.reasons import AGAIN
from ordersdesk.stock.queries import shelves

ANEW = N_("{number} was promised for {old} and comes {new}: tell {customer}.")
NO_DAY = N_("{number} was promised for {old}, which cannot be kept, and no new day is known: {why}")
FIRST = N_("{number} is promised for {new} now: tell {customer}.")


def promise_anew(desk: Desk, session: Session, order_id: int, *, because: str = CONFIRMED) -> bool:
    """Promise an order as it stands from this moment, and tell its agent when that is another day; joins the caller.

    True when the promise changed. The version stays: what others decide about the order is not about its day.
    """
    head = by_id(session, order_id)
    if awaits_answer(_awaited(session, order_id)):
        return False  # its day is said when the supplier has answered (QUO-4)
    found, why = promise_now(desk, session, head)
    columns = promise_columns(found)
    if all(columns[name] == getattr(head, name) for name in _said(found)):
        return False
    session.connection().execute(update(ORDER).where(ORDER.c.id == order_id).values(**columns))
    old, new = _day(head.promised_on, head.promised_part), _day(columns["promised_on"], columns["promised_part"])
    details: dict[str, Any] = {"promise": [f"{head.promised_on}", f"{columns['promised_on']}"]}
    if found:
        details[AGAIN] = [columns["promise"], f"{columns['promised_on']}", columns["promised_part"]]
    note = why.message if why else ""
    record(desk, session, ORDER_FLOW.kind, order_id, PROMISED_AGAIN, rule="ORD-15", note=note, details=details)
    promised(desk, session, order_id, columns | {"latest": head.latest}, because)
    text = ANEW if old and new else FIRST if new else NO_DAY
    facts = {"number": head.number, "customer": head.customer_name, "old": old or "–", "new": new or "–"}
    to = {"login": head.agent} if head.agent else {"role": str(Role.ORDER_GROUP)}
    said = facts | {"why": why.message if why else ""}
    tell(desk, session, head, rule="ORD-15", text=text, facts=said, **to)
    return True


def promise_for_what_came(desk: Desk, session: Session, order_id: int, *, waited: bool) -> bool:
    """Promise a confirmed order anew for which goods have come (STK-7); True when the promise changed.

    An order that `waited` for them counts from now, and so does one whose departure is past; any other keeps its day.
    """
    head = by_id(session, order_id)
    is_past = head.leaves_on is None or Wave(head.leaves_on, head.wave).has_left(desk.local())
    if head.state != "confirmed" or not (waited or is_past):
        return False
    return promise_anew(desk, session, order_id, because=CAME)


def awaited_on(desk: Desk, session: Session, order_id: int) -> date | None:
    """Return the day on which the goods an order waits for are here; nothing when what is here can go (STK-5)."""
    return goods_on(_awaited(session, order_id), desk.today(), desk.policy, desk.calendar)


def _awaited(session: Session, order_id: int) -> list[Awaited]:
    lines = agreed_lines(session, order_id)
    there = given_back(session, order_id, shelves(session, sorted({line.item_id for line in lines})))
    return of_order(lines, there)


def _said(found: Promise | None) -> tuple[str, ...]:
    """Name what the customer was told: the day and its part, of urgent goods the car too (DLV-7)."""
    return ("promised_on", "promised_part", *(("leaves_on", "wave") if found and found.urgent_wave else ()))


def _day(day: Any, part: str) -> list[str] | None:
    return [f"{day}", part] if day else None


def promise_now(
    desk: Desk, session: Session, head: Summary, *, here: date | None = None
) -> tuple[Promise | None, Refused | None]:
    """Return the first promise that can be kept of those the customer would like best, or why there is none.

    `here` is the day its goods are here, where more is known of it than how long such goods take.
    """
    who = buyer(desk, session, customer_number(session, head.customer_id))
    refused: Refused | None = None
    try:
        wishes = list(_wishes(desk, session, head, who, here)) if who else []
    except Refused as no:  # the address is in another region than was said (CUS-12)
        return None, no
    for facts in wishes:
        try:
            return promise(facts, desk.policy, desk.calendar), None
        except Refused as no:
            refused = refused or no
    return None, refused


def _wishes(desk: Desk, session: Session, head: Summary, who: Buyer, here: date | None) -> Iterator[PromiseFacts]:
    """Yield what is asked of the vans: as ordered, then the next day that can be, urgent goods with the next car."""
    here = here or awaited_on(desk, session, head.id)
    draft = Draft(
        key=head.key, customer=who.number, address=head.address, region=head.region, urgent=head.urgent,
        latest=time_typed(head.latest),
    )  # fmt: skip
    facts = replace(promise_facts(desk, draft, who, here), size_class=head.size_class)
    wish = max(filter(None, (head.wished_on, _not_before(session, head))), default=None)
    yield replace(facts, wished_date=wish)
    if head.urgent:
        tomorrow = datetime.combine(desk.calendar.next_working_day(desk.today()), time.min, desk.zone)
        yield replace(facts, now=tomorrow)
        facts = replace(facts, urgent=False)
        yield replace(facts, wished_date=wish)
    if wish and wish > desk.today():
        yield replace(facts, wished_date=desk.calendar.next_working_day(wish))
    yield facts


def _not_before(session: Session, head: Summary) -> date | None:
    """Return the day a late sheet moved the promise to: it is not moved back (ORD-6)."""
    late = (PROMISE.c.order_id == head.id) & (PROMISE.c.outcome == "open") & (PROMISE.c.because == SHEET)
    found = session.connection().execute(select(PROMISE.c.promised_on).where(late)).scalar()
    return cast("date | None", found)
