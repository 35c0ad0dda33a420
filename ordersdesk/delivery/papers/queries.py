"""Slips as they go on paper: many at once, with their lines, the customer's language and the handwritten twin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.delivery.model.queries import SLIP, no_slip
from ordersdesk.delivery.model.queries import SLIP_LINE as LINE
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.pads.queries import pad_number_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.people.queries import USER
from ordersdesk.stock.queries import STOCK
from ordersdesk.stock.tables import Warehouse

PLACE, ROUTE = table_of(Warehouse), table_of(RouteSheet)
_KEPT = CUSTOMER.alias()  # what a customer was merged into (CUS-5)
_TAKER, _MAKER = USER.alias(), USER.alias()


@dataclass(frozen=True)
class PaperHead:
    """A slip as its paper says it."""

    id: int
    number: str
    state: str
    business_date: date
    created_by: str
    order_number: str
    customer_name: str
    contact: str
    phone: str
    address: str
    route: str
    region: str
    leaves_on: date
    wave: str
    promised_on: date | None
    promised_part: str
    urgent: bool
    valuable: bool
    payment: str
    note: str
    pieces: int
    parcels: int
    weight_g: int
    volume_cm3: int
    goods: Decimal
    fee: Decimal
    deposit: Decimal
    due: Decimal
    services: list[dict[str, Any]]
    carrier: str
    way: str
    prints: int
    released_first: bool
    latest: str = ""
    department: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One line of goods on a slip's paper."""

    position: int
    code: str
    name: str
    spec: str
    unit: str
    pieces: int
    asked: int
    price: Decimal
    amount: Decimal
    note: str
    valuable: bool
    refused: int = 0
    refused_why: str = ""
    brand: str = ""
    model: str = ""
    colour: str = ""
    place: str = ""
    """Where it lies in the warehouse the slip leaves."""


@dataclass(frozen=True)
class Paper:
    """All that is printed on one slip: the head, its lines, and whose it is."""

    head: PaperHead
    lines: tuple[PaperLine, ...]
    customer_number: str
    language: str
    warehouse: str
    handwritten: str
    """The numbers of the handwritten slips it is paired with (SLP-7)."""
    fee_agreed: bool = False
    """Its order's fee is another than the rule's (DLV-1)."""
    invoice: str = "none"
    agent: str = ""
    """Who took the order, by name."""
    made_by: str = ""
    """Who made the slip, by name."""


@dataclass(frozen=True)
class Ride:
    """How a slip travels."""

    left_at: datetime | None
    vehicle: str
    driver: str


_HEAD = tuple(SLIP.c[field.name] for field in fields(PaperHead))
_LINE = tuple((STOCK if field.name == "place" else LINE).c[field.name] for field in fields(PaperLine))


def papers(desk: Desk, numbers: Iterable[str]) -> list[Paper]:
    """Return slips as they are printed, in the order asked for; refused (SLP-1) when one is not there."""
    wanted = [number.strip().upper() for number in numbers]
    with desk.reading() as session:
        found = {paper.head.number: paper for piece in chunks(wanted) for paper in _piece(desk, session, piece)}
    for number in wanted:
        if number not in found:
            raise no_slip(number)
    return [found[number] for number in wanted]


def _piece(desk: Desk, session: Session, numbers: Sequence[str]) -> list[Paper]:
    """Read some of them: heads with their customers, lines, handwritten twins."""
    whose = (
        func.coalesce(_KEPT.c.number, CUSTOMER.c.number),
        func.coalesce(_KEPT.c.language, CUSTOMER.c.language),
        PLACE.c.name,
        ORDER.c.fee_said.is_not(None),
        ORDER.c.invoice,
        func.coalesce(_TAKER.c.name, ORDER.c.agent),
        func.coalesce(_MAKER.c.name, SLIP.c.created_by),
    )
    rows = (
        session.connection()
        .execute(
            select(*_HEAD, *whose)
            .join(CUSTOMER, CUSTOMER.c.id == SLIP.c.customer_id)
            .outerjoin(_KEPT, _KEPT.c.id == CUSTOMER.c.merged_into)
            .join(PLACE, PLACE.c.id == SLIP.c.warehouse_id)
            .join(ORDER, ORDER.c.id == SLIP.c.order_id)
            .outerjoin(_TAKER, _TAKER.c.login == ORDER.c.agent)
            .outerjoin(_MAKER, _MAKER.c.login == SLIP.c.created_by)
            .where(SLIP.c.branch == desk.branch, SLIP.c.number.in_(numbers))
        )
        .all()
    )
    ids = [row[0] for row in rows]
    lines, twins = _lines(session, ids), pad_number_of(session, ids, desk.policy)
    return [
        Paper(
            head=PaperHead(*row[: len(_HEAD)]), lines=tuple(lines.get(row[0], ())), customer_number=number,
            language=language or desk.policy.branch.language, warehouse=warehouse, handwritten=twins.get(row[0], ""),
            fee_agreed=bool(agreed), invoice=invoice, agent=agent, made_by=maker,
        )
        for row in rows
        for number, language, warehouse, agreed, invoice, agent, maker in [row[len(_HEAD) :]]
    ]  # fmt: skip


def _lines(session: Session, ids: Sequence[int]) -> dict[int, list[PaperLine]]:
    lies = (STOCK.c.item_id == LINE.c.item_id) & (STOCK.c.warehouse_id == SLIP.c.warehouse_id)
    rows = (
        select(LINE.c.slip_id, *_LINE)
        .join(SLIP, SLIP.c.id == LINE.c.slip_id)
        .outerjoin(STOCK, lies)
        .where(LINE.c.slip_id.in_(ids))
        .order_by(LINE.c.slip_id, LINE.c.position)
    )
    found: dict[int, list[PaperLine]] = {}
    for slip_id, *values in session.connection().execute(rows):
        *told, place = values
        found.setdefault(slip_id, []).append(PaperLine(*told, place=place or ""))
    return found


def ride_of(desk: Desk, number: str) -> Ride:
    """Return with whom a slip travels and since when; nothing of it when it has not left."""
    chosen = (
        select(SLIP.c.left_at, ROUTE.c.vehicle, ROUTE.c.driver)
        .outerjoin(ROUTE, ROUTE.c.id == SLIP.c.sheet_id)
        .where(SLIP.c.branch == desk.branch, SLIP.c.number == number.strip().upper())
    )
    with desk.reading() as session:
        row = session.connection().execute(chosen).first()
    return Ride(row[0], row[1] or "", row[2] or "") if row else Ride(None, "", "")
