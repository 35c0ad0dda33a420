"""Builders of slips: an order on slips, and slips as far along as a test needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import by_number, held
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.model.wave_rules import chosen_wave
from ordersdesk.delivery.routes.emergency_actions import Emergency
from ordersdesk.delivery.slips.allocating_actions import Allocated, Order, allocate
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.stock.file_actions import places, set_places
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, confirmed

HOSPITAL = Emergency("hospital", driver="郝师傅", vehicle="沪A12345", confirmed="王芳")


def office(desk: Desk) -> Desk:
    """The order group's desk."""
    return as_role(desk, "order_group", login="ding")


def everybody(desk: Desk) -> Desk:
    """A desk at which everything may be done."""
    return as_role(desk, "agent", "order_group", "warehouse", "dispatcher", "manager", "finance", login="quan")


def an_order(desk: Desk, *lines: tuple[str, Any], **values: Any) -> str:
    """A confirmed order, each of a customer of its own unless named; what is missing is made, 1000 of each item."""
    wanted = lines or tuple((line.item, line.quantity) for line in values.get("lines", ())) or (("A4-80", 10),)
    with desk.reading() as session:
        run = session.connection().exec_driver_sql
        known = {*run("SELECT code FROM item").scalars(), *run("SELECT number FROM customer").scalars()}
        before = run("SELECT count(*) FROM sales_order").scalar_one()
    customer = values.setdefault("customer", f"C{100001 + before}")
    if customer not in known:
        a_customer(desk, customer)
    for code in dict.fromkeys(code for code, _count in wanted if code not in known):
        an_item(desk, code, stock=1000)
    lin = as_role(desk, "agent", login="lin")
    return confirmed(lin, agreed(lin, a_draft(*wanted, **values))).number


def allocated(
    desk: Desk, *numbers: str, partial: bool = False, at: str = "", day: date | None = None, route: str | None = None
) -> Allocated:
    """Make slips: of these orders, of a wave by its time and day, or of the next wave that takes something."""
    leaves = chosen_wave(desk, at, day) if at or day else None
    return allocate(office(desk), Order(leaves, route, numbers, partial))


def a_slip(desk: Desk, *lines: tuple[str, Any], state: str = "made", **values: Any) -> SlipView:
    """A slip of an order of its own, as far along as it is said: made, printed, picked or loaded."""
    made = allocated(desk, an_order(desk, *lines, **values)).made[0].slip
    return moved_on(desk, made, state)


def moved_on(desk: Desk, number: str, state: str) -> SlipView:
    """The same slip further along, without paper, shelf or van."""
    for verb, reached in (("print", "printed"), ("pick", "picked"), ("load", "loaded")):
        if by_number(desk, number).head.state == state:
            break
        _step(everybody(desk), number, verb, reached)
    return by_number(desk, number)


def _step(desk: Desk, number: str, verb: str, state: str) -> None:
    slip = by_number(desk, number)
    changes = {"prints": 1, "printed_at": desk.now(), "confirmed_at": desk.now()} if verb == "print" else {}

    def work(session: Session) -> None:
        advance(desk, session, SLIP_FLOW, Slip, held(slip.head), verb, to=state, changes=changes)
        if verb == "print":
            moved = {line.order_line_id: Moved(released=line.pieces) for line in slip.lines}
            fulfil(desk, session, slip.head.order_id, moved, note=f"{number} printed")

    desk.database.write(work)


def lies(desk: Desk, where: dict[str, str]) -> None:
    """Goods lie at these places of the main warehouse."""

    def work(session: Session) -> None:
        codes = {row.id: row.code for row in session.connection().execute(select(ITEM.c.id, ITEM.c.code))}
        set_places(session, {key: where[codes[key[0]]] for key in places(session, codes) if codes[key[0]] in where})

    desk.database.write(work)
