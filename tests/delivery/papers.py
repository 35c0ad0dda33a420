"""Handwritten slips for tests: somebody with a pad, an order with a slip of the system."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.pads.actions import Issued, issue
from ordersdesk.delivery.pads.entering_actions import Handwritten
from ordersdesk.delivery.pads.entering_actions import enter as enter_paper
from ordersdesk.delivery.pads.pairing_actions import Entered
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.people.actions import add_user
from ordersdesk.stock.queries import warehouses
from tests.builders import a_customer, a_draft, added, agreed, an_item, as_role


def office(desk: Desk) -> Desk:
    """The order group."""
    return as_role(desk, "order_group", login="mei")


def finance(desk: Desk) -> Desk:
    """Finance."""
    return as_role(desk, "finance", login="wang")


def a_pad(desk: Desk, login: str = "zhao", **values: Any) -> Issued:
    """A pad in somebody's hands, who is made for it."""
    boss = desk.signed_in(SYSTEM)
    add_user(boss, login=login, name=login.title(), roles=("driver",), password="paper-clip", language="en")
    return issue(office(desk), login=login, **values)


def an_order(desk: Desk) -> str:
    """A confirmed order of 125.00 and no fee."""
    an_item(desk, stock=100)
    a_customer(desk)
    return agreed(desk, a_draft(("A4-80", 5))).number


def a_slip(desk: Desk, order: str, number: str = "SL20261123-0001", *, state: str = "printed") -> int:
    """A slip of the system with all of an order."""
    with desk.reading() as session:
        row = session.connection().execute(select(ORDER).where(ORDER.c.number == order)).mappings().one()
        place = warehouses(session)[0].id
    stamps = {"created_at": desk.now(), "created_by": "mei", "changed_at": desk.now(), "changed_by": "mei"}
    copied = {name: row[name] for name in ("customer_id", "customer_name", "size_class", "contact", "phone", "address")}
    values = {"branch": desk.branch, "business_date": desk.today(), "state": state, "number": number}
    values |= {"order_id": row["id"], "order_number": order, "warehouse_id": place, "leaves_on": desk.today()}
    sums = {"payment": "cash", "goods": row["goods"], "fee": row["fee"], "due": row["total"]}
    return desk.database.write(lambda session: added(session, Slip(**values, **stamps, **copied, **sums)))


def entered(desk: Desk, number: str, **values: Any) -> Entered:
    """A handwritten slip entered by the order group; for a customer in words unless it belongs to something."""
    again = values.pop("again", False)
    usual: dict[str, Any] = {"reason": "computer"} | ({} if "belongs" in values else {"customer": "明远"})
    return enter_paper(office(desk), Handwritten(number=number, **(usual | values)), again=again)


GOODS = Decimal("125.00")
