"""An item as planning looks at it: particulars, every price, running, coming or over, and its story (CAT-6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.actions import EDITORS
from ordersdesk.catalogue.price_queries import AGREED, BREAK, PROMOTION
from ordersdesk.catalogue.queries import item
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening, timeline
from ordersdesk.foundation.policy.roles import Role

COST = "cost"
SEES_COST = frozenset({*EDITORS, Role.PURCHASING, Role.FINANCE, Role.BRANCH_GM, Role.GROUP_CFO})


@dataclass(frozen=True)
class PriceLine:
    """One price of an item beside its list price; what its kind does not have is empty."""

    sort: str
    price: Decimal
    quantity: int = 0
    customer: str = ""
    customer_name: str = ""
    starts: date | None = None
    ends: date | None = None
    classes: tuple[str, ...] = ()
    cap: int = 0

    def stands(self, today: date) -> str:
        """Tell whether it is running, coming or over."""
        if self.ends is not None and (self.ends < today or (self.starts and self.ends < self.starts)):
            return "over"
        return "coming" if self.starts is not None and self.starts > today else "running"


@dataclass(frozen=True)
class ItemPage:
    """All there is about an item; who does not calculate with its cost is not shown it."""

    values: Mapping[str, Any]
    prices: tuple[PriceLine, ...]
    story: tuple[Happening, ...]

    @property
    def code(self) -> str:
        """The item's code."""
        return str(self.values["code"])


def page_of(desk: Desk, code: str) -> ItemPage:
    """Return everything about an item; refused (CAT-2) when there is none."""
    values = item(desk, code)
    with desk.reading() as session:
        found = (_agreed(session, values["id"]), _breaks(session, values["id"]), _promotions(session, values["id"]))
        prices = tuple(price for sort in found for price in sort)
        story = _naming_customers(session, timeline(session, "item", values["id"]))
    if desk.user.roles & SEES_COST:
        return ItemPage(values, prices, tuple(story))
    without = {name: value for name, value in values.items() if name != COST}
    told = (replace(row, details={k: v for k, v in row.details.items() if k != COST}) for row in story)
    return ItemPage(without, prices, tuple(told))


def _naming_customers(session: Session, story: Sequence[Happening]) -> list[Happening]:
    """Put customers' numbers and names into the story of agreed prices, as they are now."""
    ids = {row.details["customer_id"] for row in story if "customer_id" in row.details}
    chosen = select(CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name).where(CUSTOMER.c.id.in_(ids))
    named = {id_: f"{number} {name}" for id_, number, name in session.connection().execute(chosen)} if ids else {}
    return [
        replace(row, details=row.details | {"customer_id": named.get(row.details["customer_id"], "")})
        if "customer_id" in row.details
        else row
        for row in story
    ]


def _agreed(session: Session, item_id: int) -> Iterator[PriceLine]:
    columns = (AGREED.c.price, CUSTOMER.c.number, CUSTOMER.c.name, AGREED.c.starts, AGREED.c.ends)
    chosen = select(*columns).join(CUSTOMER, CUSTOMER.c.id == AGREED.c.customer_id).where(AGREED.c.item_id == item_id)
    for price, number, name, starts, ends in session.connection().execute(chosen.order_by(AGREED.c.id.desc())):
        yield PriceLine("agreed", price, customer=number, customer_name=name, starts=starts, ends=ends)


def _breaks(session: Session, item_id: int) -> Iterator[PriceLine]:
    chosen = select(BREAK.c.price, BREAK.c.from_quantity).where(BREAK.c.item_id == item_id)
    for price, quantity in session.connection().execute(chosen.order_by(BREAK.c.from_quantity)):
        yield PriceLine("break", price, quantity=quantity)


def _promotions(session: Session, item_id: int) -> Iterator[PriceLine]:
    columns = (PROMOTION.c.price, PROMOTION.c.starts, PROMOTION.c.ends, PROMOTION.c.classes, PROMOTION.c.cap)
    chosen = select(*columns).where(PROMOTION.c.item_id == item_id)
    for price, starts, ends, classes, cap in session.connection().execute(chosen.order_by(PROMOTION.c.starts.desc())):
        yield PriceLine("promotion", price, starts=starts, ends=ends, classes=tuple(classes), cap=cap)
