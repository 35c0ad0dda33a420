"""Builders: what a test needs and no more, said in one line."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel

from ordersdesk.catalogue.tables import Item
from ordersdesk.changing import call_off, paid
from ordersdesk.customers.model.tables import Address, Contact, ContactPhone, Customer
from ordersdesk.deciding import grant
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.assessment.case import NotReady, Weight
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.entry.actions import Submitted, cancel_within, submit
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.orders.terms.payment_status import still_ahead
from ordersdesk.people.clock_actions import clocks, confirm_clock
from ordersdesk.stock.actions import hold_within, post, release, release_lapsed_within
from ordersdesk.stock.file_actions import add_warehouses
from ordersdesk.stock.queries import warehouses
from ordersdesk.stock.tables import MAIN


def at_their_word(_session: Session, actor: Actor) -> Actor:
    """Prove nobody: most tests are about something else than who acts; `tests/people` is about that."""
    return actor


def as_role(desk: Desk, *roles: str, login: str = "mei") -> Desk:
    """The same desk with somebody else at it."""
    return desk.signed_in(Actor(id=2, login=login, name=login.title(), roles=frozenset(roles)))


def at(desk: Desk, moment: str) -> None:
    """Let it be this branch time: `2026-11-23T15:31`."""
    clock: FixedClock = desk.clock  # type: ignore[assignment]
    turn_clock(desk, datetime.fromisoformat(moment).replace(tzinfo=desk.zone) - clock.now())


def turn_clock(desk: Desk, by: timedelta) -> None:
    """Turn the clock, and let an administrator say that it is right if it went back or far."""
    desk.clock.advance(by)  # type: ignore[attr-defined]
    if clocks(desk).is_wrong:
        confirm_clock(as_role(desk, "admin"))


def added(session: Session, row: SQLModel) -> int:
    """Store a row and return its id."""
    session.add(row)
    session.flush()
    return int(row.id)  # type: ignore[attr-defined]


def a_customer(desk: Desk, number: str = "C100001", **values: Any) -> int:
    """A small cash customer with a contact, a phone and an address near by."""
    stamps: dict[str, Any] = {
        "created_at": desk.now(),
        "created_by": "lin",
        "changed_at": desk.now(),
        "changed_by": "lin",
    }
    usual: dict[str, Any] = {"name": "明远办公", "folded_name": "明远办公", "territory": "浦东", "route": "R1"}
    usual |= {"first_contact": "王芳", "first_phone": "+8613800138000", "first_address": "张江路88号"}

    def work(session: Session) -> int:
        who = added(session, Customer(number=number, **(usual | stamps | values)))
        wang = added(session, Contact(customer_id=who, name="王芳"))
        added(session, ContactPhone(customer_id=who, contact_id=wang, e164="+8613800138000", typed="13800138000"))
        added(
            session,
            Address(customer_id=who, text="张江路88号", route="R1", distance_km=8, region="上海", city="上海市"),
        )
        return who

    return desk.database.write(work)


def an_item(desk: Desk, code: str = "A4-80", *, price: str = "25.00", stock: int | None = None, **values: Any) -> int:
    """A catalogue item, with stock in the main warehouse if asked for."""
    item = {"code": code, "name": f"复印纸 {code}", "unit": "包", "list_price": Decimal(price)} | values
    item_id = desk.database.write(lambda session: added(session, Item(**item)))
    if stock is not None:
        on_shelf(desk, item_id, stock)
    return item_id


def a_warehouse(desk: Desk, code: str = "MAIN", kind: str = MAIN) -> int:
    """A warehouse of the branch, made once."""
    with desk.reading() as session:
        found = next((place.id for place in warehouses(session) if place.code == code), None)
    return found or add_warehouse(desk, code=code, name=code.title(), kind=kind)


def add_warehouse(desk: Desk, *, code: str, name: str, kind: str) -> int:
    """A warehouse as a stock file brings one."""
    row = {"code": code, "name": name, "kind": kind}
    return desk.database.write(lambda session: add_warehouses(desk, session, [row]))[code]


def hold(desk: Desk, *, holder: str, item_id: int, quantity: int) -> int:
    """Hold goods for a call, as its intake does while lines are typed; returns what it holds now."""
    held = desk.database.write(lambda s: hold_within(desk, s, holder=holder, wanted={item_id: quantity}))
    return held.get(item_id, 0)


def release_hold(desk: Desk, *, holder: str) -> int:
    """Give back what a call holds, as its end does."""
    return desk.database.write(lambda session: release(session, holder=holder))


def release_lapsed(desk: Desk) -> int:
    """Give back what desks hold that nobody heard of."""
    return desk.database.write(lambda session: release_lapsed_within(desk, session))


def cancel(desk: Desk, *, number: str, version: int, reason: str) -> None:
    """Cancel an order that was never confirmed."""
    desk.database.write(lambda s: cancel_within(desk, s, number=number, version=version, reason=reason))


def request_cancel(desk: Desk, *, number: str, reason: str, version: int | None = None) -> Requested:
    """Ask to cancel an order that is or was confirmed."""
    made = call_off(desk, number=number, reason=reason, version=version).request
    assert made is not None
    return made


def on_shelf(desk: Desk, item_id: int, pieces: int, *, code: str = "MAIN", kind: str = MAIN) -> None:
    """Put pieces on a shelf, through the ledger."""
    place = a_warehouse(desk, code, kind)
    desk.database.write(lambda session: post(desk, session, [(item_id, place, pieces)], reason="opening"))


def a_draft(*lines: tuple[str, Any], **values: Any) -> Draft:
    """A complete draft of the usual customer: `a_draft(("A4-80", 5), payment="card")`; urgent goods by five."""
    typed = tuple(DraftLine(item=item, quantity=quantity) for item, quantity in lines)
    usual: dict[str, Any] = {"customer": "C100001", "contact": "王芳", "phone": "13800138000", "address": "张江路88号"}
    usual |= {"latest": time(17)} if values.get("urgent") else {}
    return Draft(lines=values.pop("lines", typed), **(usual | values))


def confirmed(desk: Desk, made: Submitted) -> Submitted:
    """Let a submitted order go on: everybody who is asked says yes, what is to be paid ahead is in."""
    for role in dict.fromkeys(reason.role for reason in made.reasons if reason.occasion):
        version = by_number(desk, made.number).head.version
        grant(as_role(desk, role, login=f"over-{role}"), "order", made.number, seen_version=version)
    if left := still_ahead(by_number(desk, made.number).head, desk.policy.slips.at_the_door):
        paid(as_role(desk, "finance", login="over-finance"), made.number, Received(left))
    return made


def agreed(desk: Desk, draft: Draft) -> Submitted:
    """Submit a draft; the customer says yes to whatever is asked."""
    try:
        return submit(desk, draft)
    except NotReady as refused:
        yes = tuple(finding.key for finding in refused.findings if finding.weight is Weight.ASK)
        if not yes or refused.findings[0].weight is Weight.STOP:
            raise
        return submit(desk, draft.model_copy(update={"accepted": yes}))
