"""Reads of orders: the case of a draft, one order with its story, and what a customer usually buys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy import case as either
from sqlmodel import Session

from ordersdesk.approvals.open_queries import Denial, denials
from ordersdesk.approvals.queries import WaitingFor, waiting_on_many
from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.queries import ITEM, meant
from ordersdesk.customers.queries import Buyer, buyer
from ordersdesk.foundation.codes import code
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Happening, table_of, timeline
from ordersdesk.foundation.language import _, word_list
from ordersdesk.foundation.prepared import Prepared
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role
from ordersdesk.orders.assess import Known, assessed
from ordersdesk.orders.case import Bought, Case, Recent
from ordersdesk.orders.claim_queries import claimable, later
from ordersdesk.orders.credit_wish import as_before
from ordersdesk.orders.day_queries import is_first, of_the_day
from ordersdesk.orders.draft import Draft
from ordersdesk.orders.explaining import said_of, spoken_story
from ordersdesk.orders.exposure_queries import exposure, in_arrears
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.hold_queries import holds
from ordersdesk.orders.promise_queries import PromiseRow, of_order
from ordersdesk.orders.tables import FormerKey, Order, OrderLine, Usual
from ordersdesk.stock.queries import held_by, shelves
from ordersdesk.stock.rules import Shortage

ORDER, LINE, USUAL, FORMER = table_of(Order), table_of(OrderLine), table_of(Usual), table_of(FormerKey)
_SAME = ORDER.alias()
SHOWN = 9  # numbers named in a refusal
# Pieces of a line that are still to come: what is short, unless it was left out and is not in the quantity (STK-5).
WAITS = either((LINE.c.shortage == Shortage.LEAVE.value, 0), else_=LINE.c.short)

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


def corrected(desk: Desk, session: Session, number: str) -> Summary | None:
    """Return the order a draft corrects, if it does and there is one."""
    head = _BY_NUMBER.first(session, branch=desk.branch, wanted=number.strip().upper()) if number.strip() else None
    return _summary(head) if head else None


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
        basket = baskets.setdefault(row[0], (row[1], row[2], row[3], {}))[3]
        basket[row[4]] = basket.get(row[4], 0) + row[5]
    return tuple(Recent(*found) for found in baskets.values())


@dataclass(frozen=True)
class Summary:
    """An order's head."""

    id: int
    number: str
    key: str
    state: str
    version: int
    created_at: datetime
    business_date: date
    agent: str
    customer_id: int
    customer_name: str
    size_class: str
    channel: str
    contact: str
    phone: str
    address: str
    payment: str
    invoice: str
    wished_on: date | None
    urgent: bool
    promised_on: object
    promised_part: str
    promise: str
    """In the language being spoken, with what it hangs on."""
    region: str
    leaves_on: date | None
    wave: str
    note: str
    contract: str
    goods: Decimal
    fee: Decimal
    fee_said: Decimal | None
    fee_reason: str
    fee_approver: str
    total: Decimal
    delivery: str
    paid: str
    sheet: str
    sheet_due_on: date | None
    sheet_sent_at: datetime | None
    sheet_returned_at: datetime | None
    sheet_anew: bool
    deposit: Decimal
    money_in: Decimal
    collected: Decimal
    handed_over: Decimal
    reserve_on: date | None

    @property
    def deposit_paid(self) -> bool:
        """Whether what has to be paid ahead of special goods is in (QUO-4)."""
        return bool(self.deposit) and self.money_in >= self.deposit


def _summary(head: Sequence[Any]) -> Summary:
    read = Summary(*head)
    return replace(read, promise=said_of(read.promise, read.promised_on, read.promised_part))


@dataclass(frozen=True)
class Row:
    """An order's line as it was agreed."""

    position: int
    code: str
    name: str
    spec: str
    unit: str
    quantity: int
    typed: str
    price: Decimal
    price_source: str
    amount: Decimal
    shortage: str
    short: int
    note: str
    special: bool = False
    closed_short: int = 0
    brand: str = ""
    model: str = ""


@dataclass(frozen=True)
class Whole:
    """One order with everything about it (ORD-8)."""

    head: Summary
    lines: tuple[Row, ...]
    reasons: tuple[WaitingFor, ...]
    story: tuple[Happening, ...]
    denied: tuple[Denial, ...] = ()
    """Why it was rejected, when it is."""
    promises: tuple[PromiseRow, ...] = ()
    warning: str = ""
    """What is not certain about the promised day (DLV-3)."""


_HEAD = tuple(ORDER.c[name] for name in Summary.__dataclass_fields__)
_ROW = tuple((ITEM if name in ("brand", "model") else LINE).c[name] for name in Row.__dataclass_fields__)


def by_number(desk: Desk, number: str) -> Whole:
    """Return one order with everything about it; refused (ORD-9) when there is none with this number."""
    with desk.reading() as session:
        head = held_order(desk, session, number)
        warning = desk.calendar.warning(head.promised_on)
        return replace(whole(desk, session, head), promises=of_order(desk, session, head.id), warning=warning)


def held_order(desk: Desk, session: Session, number: str, *, lock: bool = False) -> Summary:
    """Return an order's head inside the caller's session; with `lock`, whoever else changes the order waits."""
    wanted = (ORDER.c.branch == desk.branch) & (ORDER.c.number == code(number))
    chosen = select(*_HEAD).where(wanted)
    head = session.connection().execute(chosen.with_for_update() if lock else chosen).first()
    if head is None:
        raise _no_order(desk, session, number)
    return _summary(head)


def _no_order(desk: Desk, session: Session, number: str) -> Refused:
    """Build the refusal of a number no order has; several orders may go by it in the system they came from."""
    theirs = (ORDER.c.branch == desk.branch) & ORDER.c.their_number.in_((number.strip(), code(number)))
    chosen = select(ORDER.c.number).where(theirs, ORDER.c.their_number != "").order_by(ORDER.c.id).limit(SHOWN + 1)
    found = list(session.connection().execute(chosen).scalars())
    if not found:
        text, mend = _("There is no order {number}."), _("Look it up in the order book.")
        return Refused("ORD-9", text.format(number=number[:40]), mend=mend, field="number")
    listed = word_list(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    return Refused(
        "ORD-9",
        _("{number} is the number of a file or shop.").format(number=number[:40]),
        mend=_("Here it is: {numbers}.").format(numbers=listed),
        field="number",
    )


def by_id(session: Session, order_id: int) -> Summary:
    """Return an order's head by its id, which is known to be there."""
    return _summary(session.connection().execute(select(*_HEAD).where(ORDER.c.id == order_id)).one())


_BY_NUMBER = Prepared(
    select(*_HEAD).where(ORDER.c.branch == bindparam("branch"), ORDER.c.number == bindparam("wanted"))
)
# One statement: the former keys are only looked through when no order goes by the key now.
_BY_KEY = Prepared(
    select(*_HEAD).where(
        ORDER.c.id
        == func.coalesce(
            select(_SAME.c.id).where(_SAME.c.key == bindparam("wanted")).scalar_subquery(),
            select(FORMER.c.order_id).where(FORMER.c.key == bindparam("wanted")).scalar_subquery(),
        )
    )
)


def by_key(session: Session, key: str) -> Summary | None:
    """Return the order a submit with this key made before, also one that was corrected since (ORD-11)."""
    head = _BY_KEY.first(session, wanted=key)
    return _summary(head) if head else None


def whole(desk: Desk, session: Session, head: Summary) -> Whole:
    """Return an order with lines, reasons and story."""
    return Whole(
        head=head,
        lines=tuple(goods_of(session, head.id)),
        reasons=tuple(reasons(desk, session, head.id)),
        story=spoken_story(timeline(session, "order", head.id)),
        denied=tuple(denials(session, ORDER_FLOW.kind, head.id)) if head.state == "rejected" else (),
    )


def goods_of(session: Session, order_id: int) -> list[Row]:
    """Return an order's lines as they were agreed."""
    chosen = select(*_ROW).join(ITEM, ITEM.c.id == LINE.c.item_id).where(LINE.c.order_id == order_id)
    return [Row(*row) for row in session.connection().execute(chosen.order_by(LINE.c.position))]


def reasons(desk: Desk, session: Session, order_id: int) -> list[WaitingFor]:
    """Return why an order stands still, in the language being spoken (ORD-13): first for whose yes it waits."""
    return reasons_of(desk, session, [order_id]).get(order_id, [])


def reasons_of(desk: Desk, session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Return the same for several orders; what somebody is asked about is said once."""
    asked, held = waiting_on_many(session, ORDER_FLOW.kind, ids), holds(desk, session, ids)
    found: dict[int, list[WaitingFor]] = {}
    for id_ in ids:
        people = asked.get(id_, [])
        occasions = {one.occasion for one in people}
        rest = [one for one in held.get(id_, ()) if not one.occasion or one.occasion not in occasions]
        if people or rest:
            found[id_] = [*people, *rest]
    return found | _may_go_on(session, [id_ for id_ in ids if id_ not in found])


def _may_go_on(session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Say of orders in review that what held them is over: whoever asks for them lets them go on (ORD-13)."""
    waits = select(ORDER.c.id).where(ORDER.c.id.in_(ids), ORDER.c.state == "review")
    over = WaitingFor("ORD-13", Role.AGENT, _("Nothing stands against it any more: ask for it, and it goes on."))
    return {id_: [over] for id_ in session.connection().execute(waits).scalars()} if ids else {}
