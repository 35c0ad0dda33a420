"""Reads of everything a draft is assessed by: customer, goods, prices, stock, what was bought before (ORD-4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlmodel import Session

from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.queries import meant
from ordersdesk.customers.model.queries import Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.orders.assessment.assessment import Known, assessed
from ordersdesk.orders.assessment.case import Bought, Case, Recent
from ordersdesk.orders.assessment.credit_wish import as_before
from ordersdesk.orders.assessment.day_queries import is_first, of_the_day
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.model.queries import LINE, ORDER, USUAL, corrected
from ordersdesk.orders.promise.claim_queries import claimable, later
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.people.names import person
from ordersdesk.stock.queries import held_by, shelves

_BOUGHT = Prepared(
    select(USUAL.c.item_id, USUAL.c.orders, USUAL.c.pieces, USUAL.c.last_on).where(
        USUAL.c.customer_id == bindparam("customer"), USUAL.c.item_id.in_(bindparam("items", expanding=True))
    ),
    lists=["items"],
)

_RECENT = Prepared(
    select(ORDER.c.id, ORDER.c.number, ORDER.c.agent, ORDER.c.created_at, LINE.c.item_id, LINE.c.quantity)
    .join(LINE, LINE.c.order_id == ORDER.c.id)
    .where(ORDER.c.customer_id == bindparam("customer"), ORDER.c.created_at >= bindparam("since"))
    .where(ORDER.c.from_history.is_(False), ORDER.c.state.not_in(("cancelled", "rejected", "draft")))
)


def case(desk: Desk, draft: Draft) -> Case:
    """Return the case of a draft as it stands now: prices, stock, fee, promise; nothing is written."""
    with desk.reading() as session:
        return case_within(desk, session, draft)


def case_within(desk: Desk, session: Session, draft: Draft) -> Case:
    """Do the same inside the caller's session."""
    who = buyer(desk, session, draft.customer) if draft.customer else None
    who = in_arrears(session, who) if who else None
    draft = as_before(draft, who)
    found = meant(session, [line.item for line in draft.lines])
    items = sorted({ware.id for same in found.values() for ware in same})
    claim = later(desk, draft, who)
    before = corrected(desk, session, draft.corrects)
    days = [desk.today(), before.business_date] if before else [desk.today()]
    day = of_the_day(desk, session, who, found, days=days, without=before.id if before else 0)
    known = Known(
        buyer=who,
        wares=found,
        prices=prices_for(session, who.id if who else None, items, desk.today()),
        shelves=shelves(session, items) if items else {},
        held=held_by(session, draft.key),
        bought=bought_before(session, who, items),
        recent=_recent(desk, session, who),
        exposure=exposure(session, who) if who and "account" in (who.terms, draft.payment) else Decimal("0.00"),
        money_in=before.money_in if before else Decimal("0.00"),
        taken=day.taken,
        special_taken=day.special,
        is_first=is_first(desk, session, who, without=before.id if before else 0),
        reserve_on=claim.reserve_on if claim else None,
        claimable=claimable(desk, session, items, claim.leaves_on) if claim else {},
    )
    return assessed(desk, draft, known)


def bought_before(session: Session, who: Buyer | None, items: Collection[int]) -> dict[int, Bought]:
    """Return what a customer bought of some items so far (JOY-5)."""
    if who is None or not items:
        return {}
    return {item_id: Bought(*bought) for item_id, *bought in _BOUGHT.rows(session, customer=who.id, items=items)}


def _recent(desk: Desk, session: Session, who: Buyer | None) -> tuple[Recent, ...]:
    """Return the customer's orders inside the guard's window, any agent's (JOY-5)."""
    if who is None:
        return ()
    since = desk.now() - timedelta(minutes=max(desk.policy.orders.guard_minutes, desk.policy.orders.duplicate_minutes))
    baskets: dict[int, tuple[str, str, datetime, dict[int, int]]] = {}
    for row in _RECENT.rows(session, customer=who.id, since=since):
        basket = baskets.setdefault(row[0], (row[1], person(desk, row[2]), row[3], {}))[3]
        basket[row[4]] = basket.get(row[4], 0) + row[5]
    return tuple(Recent(*found) for found in baskets.values())
