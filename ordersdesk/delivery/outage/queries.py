"""What a desk without a screen must know: goods and prices, orders to be delivered, slips on the road (JOY-9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.price_queries import BREAK, PROMOTION
from ordersdesk.catalogue.queries import ITEM, UNIT
from ordersdesk.catalogue.wares import Break, Promo
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.pads.queries import PAD, PAD_COLUMNS, PAD_SLIP, SLIP, HeldPad
from ordersdesk.delivery.pads.rules import OUTAGE
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.stock.queries import STOCK, main_warehouse

SHEET = table_of(RouteSheet)


@dataclass(frozen=True)
class PricedItem:
    """An item of the price list as it stands now."""

    id: int
    code: str
    name: str
    spec: str
    unit: str
    department: str
    listing: str
    list_price: Decimal
    packs: tuple[tuple[str, int], ...]
    breaks: tuple[Break, ...]
    promotions: tuple[Promo, ...]
    free: int


@dataclass(frozen=True)
class OpenGoods:
    """Pieces of an order that are not delivered yet."""

    code: str
    pieces: int
    unit: str


@dataclass(frozen=True)
class OpenOrder:
    """An order that was promised for these days, with everything to deliver it without a screen."""

    id: int
    number: str
    route: str
    customer: str
    contact: str
    phone: str
    address: str
    promised_on: date
    promised_part: str
    latest: str
    urgent: bool
    payment: str
    total: Decimal
    delivery: str
    note: str
    goods: tuple[OpenGoods, ...] = ()


@dataclass(frozen=True)
class OnTheRoad:
    """A slip whose goods have left the house and whose outcome is not known yet."""

    number: str
    sheet: str | None
    driver: str | None
    customer: str
    contact: str
    phone: str
    address: str
    payment: str
    due: Decimal


_PRICED = tuple(
    ITEM.c[name] for name in ("id", "code", "name", "spec", "unit", "department", "category", "listing", "list_price")
)
_PROMOTION = tuple(PROMOTION.c[name] for name in ("item_id", "id", "price", "starts", "ends", "classes", "cap"))


def price_list(desk: Desk, session: Session) -> list[PricedItem]:
    """Return everything that is sold, by department and code, with today's prices and what is free."""
    sold = select(*_PRICED).where(ITEM.c.discontinued.is_(False)).order_by(ITEM.c.code)
    rows: list[tuple[Any, ...]] = [tuple(row) for row in session.connection().execute(sold)]
    packs, breaks = _packs(session), _breaks(session)
    promotions, free = _promotions(session, desk.today()), _free(desk, session)
    found = [
        PricedItem(
            id=row[0], code=row[1], name=row[2], spec=row[3], unit=row[4], department=row[5] or row[6], listing=row[7],
            list_price=row[8], packs=tuple(packs[row[0]]), breaks=tuple(breaks[row[0]]),
            promotions=tuple(promotions[row[0]]), free=free.get(row[0], 0),
        )
        for row in rows
    ]  # fmt: skip
    known = desk.policy.catalogue.departments
    places = {name: place for place, name in enumerate(known)}
    return sorted(found, key=lambda item: (places.get(item.department, len(known)), item.department))


def _packs(session: Session) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = session.connection().execute(select(UNIT.c.item_id, UNIT.c.name, UNIT.c.factor).order_by(UNIT.c.factor))
    for item_id, name, factor in rows:
        found[item_id].append((name, factor))
    return found


def _breaks(session: Session) -> dict[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    columns = (BREAK.c.item_id, BREAK.c.from_quantity, BREAK.c.price)
    for row in session.connection().execute(select(*columns).order_by(BREAK.c.from_quantity)):
        found[row[0]].append(Break(row[1], row[2]))
    return found


def _promotions(session: Session, today: date) -> dict[int, list[Promo]]:
    found: dict[int, list[Promo]] = defaultdict(list)
    running = select(*_PROMOTION).where(PROMOTION.c.starts <= today, PROMOTION.c.ends >= today)
    running = running.order_by(PROMOTION.c.price)
    rows: list[tuple[Any, ...]] = [tuple(row) for row in session.connection().execute(running)]
    for row in rows:
        found[row[0]].append(Promo(*row[1:5], classes=tuple(row[5]), cap=row[6]))
    return found


def _free(desk: Desk, session: Session) -> dict[int, int]:
    place = main_warehouse(desk, session)
    columns = (STOCK.c.item_id, STOCK.c.on_hand - STOCK.c.reserved)
    rows = session.connection().execute(select(*columns).where(STOCK.c.warehouse_id == place)) if place else ()
    return {item_id: pieces for item_id, pieces in rows}


_ORDER = tuple(
    ORDER.c[{"customer": "customer_name"}.get(name, name)] for name in OpenOrder.__dataclass_fields__ if name != "goods"
)


def open_orders(desk: Desk, session: Session, until: date) -> list[OpenOrder]:
    """Return confirmed orders that are promised by a day and not delivered, by route and promise."""
    waits = (ORDER.c.state == "confirmed") & (ORDER.c.delivery != "delivered") & (ORDER.c.promised_on <= until)
    mine = select(*_ORDER).where(ORDER.c.branch == desk.branch, waits, ORDER.c.from_history.is_(False))
    found = mine.order_by(ORDER.c.route, ORDER.c.promised_on, ORDER.c.urgent.desc(), ORDER.c.id)
    rows = session.connection().execute(found).all()
    goods = _goods(session, [row[0] for row in rows])
    return [OpenOrder(*row, goods=tuple(goods[row[0]])) for row in rows]


def _goods(session: Session, order_ids: Sequence[int]) -> dict[int, list[OpenGoods]]:
    found: dict[int, list[OpenGoods]] = defaultdict(list)
    left = (LINE.c.quantity - LINE.c.delivered).label("pieces")
    columns = (LINE.c.order_id, LINE.c.code, left, LINE.c.unit)
    for start in range(0, len(order_ids), 500):
        some = LINE.c.order_id.in_(order_ids[start : start + 500]) & (LINE.c.quantity > LINE.c.delivered)
        rows = session.connection().execute(select(*columns).where(some).order_by(LINE.c.order_id, LINE.c.position))
        for row in rows:
            found[row[0]].append(OpenGoods(row[1], row[2], row[3]))
    return found


def on_the_road(desk: Desk, session: Session) -> list[OnTheRoad]:
    """Return the slips whose goods have left and are not back, by route sheet and stop."""
    out = (SLIP.c.branch == desk.branch) & (SLIP.c.state == "loaded") & SLIP.c.left_at.is_not(None)
    columns = (
        SLIP.c.number, SHEET.c.number, SHEET.c.driver, SLIP.c.customer_name, SLIP.c.contact, SLIP.c.phone,
        SLIP.c.address, SLIP.c.payment, SLIP.c.due,
    )  # fmt: skip
    joined = SLIP.outerjoin(SHEET, SHEET.c.id == SLIP.c.sheet_id)
    found = select(*columns).select_from(joined).where(out).order_by(SLIP.c.sheet_id, SLIP.c.place, SLIP.c.id)
    return [OnTheRoad(*row) for row in session.connection().execute(found)]


def outage_pads(desk: Desk, session: Session, login: str) -> list[HeldPad]:
    """Return the pads of numbers printed for somebody's power-cut pack that were not taken back."""
    mine = (PAD.c.branch == desk.branch) & (PAD.c.login == login) & (PAD.c.source == OUTAGE)
    rows = session.connection().execute(select(*PAD_COLUMNS).where(mine, PAD.c.returned_at.is_(None)))
    return [HeldPad(*row) for row in rows]


def entered_numbers(session: Session, pad_ids: Collection[int]) -> list[int]:
    """Return the numbers of some pads that were entered."""
    chosen = select(PAD_SLIP.c.number).where(PAD_SLIP.c.pad_id.in_(pad_ids))
    return list(session.connection().execute(chosen).scalars()) if pad_ids else []
