"""Reads of route sheets, and what the letter of an urgent delivery needs (SLP-4, DLV-4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from ordersdesk.customers.model.tables import Contact
from ordersdesk.delivery.model.cash import NOTHING, at_the_door, to_collect
from ordersdesk.delivery.model.flow import ROUTE_FLOW
from ordersdesk.delivery.model.queries import GOES_WITH, SLIP, held_slip
from ordersdesk.delivery.model.tables import OPEN as STILL_OPEN
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.model.wave_rules import car_for
from ordersdesk.delivery.routes.views import Letter, SheetRow, SheetView
from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.sheet_rules import SENT, WANTED
from ordersdesk.orders.model import queries as orders
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.labels import invoicing
from ordersdesk.people.queries import account

ROUTES: Store[RouteSheet] = Store(
    ROUTE_FLOW,
    RouteSheet,
    rule="SLP-4",
    mend=N_("`ordersdesk routes list` names those there are."),
)
SHEET = ROUTES.table
CONTACT = table_of(Contact)
OPEN = ("made", "departed")

_SLIP = tuple(SLIP.c[name] for name in SlipHead.__dataclass_fields__)
_OF_SHEET = tuple(name for name in SheetRow.__dataclass_fields__ if name not in ("slips", "open", "pieces", "parcels"))


def sheet(desk: Desk, number: str) -> SheetView:
    """Return one route sheet with its slips; refused (SLP-4) when there is none with this number."""
    with desk.reading() as session:
        head = ROUTES.by_number(desk, session, number)
        return view(desk, head, of_sheet(session, head.id))


def view(desk: Desk, head: RouteSheet, slips: Iterable[SlipHead]) -> SheetView:
    """Put a sheet and its slips together."""
    stops = tuple(slips)
    expected = to_collect(stops, desk.policy.slips.at_the_door)
    return SheetView(head, stops, expected, sum((slip.collected or NOTHING for slip in stops), NOTHING))


def of_sheet(session: Session, sheet_id: int, *, lock: bool = False) -> list[SlipHead]:
    """Return a sheet's slips in the order of the stops."""
    chosen = select(*_SLIP).where(SLIP.c.sheet_id == sheet_id).order_by(SLIP.c.place, SLIP.c.id)
    return [SlipHead(*row) for row in session.connection().execute(chosen.with_for_update() if lock else chosen)]


def picked(desk: Desk, session: Session, *, day: date, wave: str, route: str = "") -> list[SlipHead]:
    """Return the picked slips that leave with a wave or should have left before it, in the order they are loaded."""
    in_time = (SLIP.c.leaves_on < day) | ((SLIP.c.leaves_on == day) & (SLIP.c.wave <= wave))
    chosen = select(*_SLIP).where(SLIP.c.branch == desk.branch, SLIP.c.state == "picked", STILL_OPEN, in_time)
    if route:
        chosen = chosen.where(GOES_WITH.in_([route]))
    first = (SLIP.c.urgent.desc(), SLIP.c.size_class != "key", SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.id)
    return [SlipHead(*row) for row in session.connection().execute(chosen.order_by(*first).with_for_update())]


def being_loaded(desk: Desk, session: Session, *, day: date, wave: str) -> dict[str, RouteSheet]:
    """Return the sheets of a wave that have not left, by route."""
    mine = (SHEET.c.branch == desk.branch) & (SHEET.c.day == day) & (SHEET.c.state == "made") & (SHEET.c.wave == wave)
    return {sheet.route: sheet for sheet in ROUTES.find(session, mine, newest=True)}


def sheets(
    desk: Desk,
    *,
    state: str | Collection[str] = OPEN,
    day: date | None = None,
    wave: str = "",
    route: str = "",
    limit: int = 200,
) -> list[SheetRow]:
    """Return route sheets, the latest day first; those not back yet unless states or a day are named."""
    states = (state,) if isinstance(state, str) else tuple(state)
    statement = select(*(SHEET.c[name] for name in _OF_SHEET)).where(SHEET.c.branch == desk.branch)
    same: Mapping[Any, Any] = {SHEET.c.day: day, SHEET.c.wave: wave or None, SHEET.c.route: route or None}
    statement = statement.where(*(column == value for column, value in same.items() if value is not None))
    if any(states):
        statement = statement.where(SHEET.c.state.in_(states))
    with desk.reading() as session:
        rows = session.connection().execute(statement.order_by(SHEET.c.day.desc(), SHEET.c.id.desc()).limit(limit))
        found: list[tuple[Any, ...]] = [tuple(row) for row in rows]
        counts = _counts(session, [row[0] for row in found], desk.policy.slips.at_the_door)
    return [_row(row, *counts.get(row[0], (NOTHING, 0, 0, 0, 0))) for row in found]


def _row(values: tuple[Any, ...], at_doors: Decimal, *counts: int) -> SheetRow:
    row = SheetRow(*values, *counts)
    # What a driver is to bring is written down when the van leaves; until then it is what is loaded.
    return row if row.left_at else replace(row, expected=at_doors)


def _counts(
    session: Session, sheet_ids: Collection[int], doors: Collection[str]
) -> dict[int, tuple[Decimal, int, int, int, int]]:
    still = func.sum(case((SLIP.c.state == "loaded", 1), else_=0))
    at_doors = func.sum(case((SLIP.c.payment.in_(doors), SLIP.c.due), else_=NOTHING))
    sums = (at_doors, func.count(), still, func.sum(SLIP.c.pieces), func.sum(SLIP.c.parcels))
    chosen = select(SLIP.c.sheet_id, *sums).where(SLIP.c.sheet_id.in_(sheet_ids)).group_by(SLIP.c.sheet_id)
    rows = session.connection().execute(chosen) if sheet_ids else ()
    return {row[0]: (row[1], row[2], int(row[3]), int(row[4]), int(row[5])) for row in rows}


def letter_of(desk: Desk, number: str) -> Letter:
    """Return what the contact letter of an urgent slip says; refused (DLV-4) for a slip that is not urgent."""
    with desk.reading() as session:
        slip = held_slip(desk, session, number).head
        order = orders.by_id(session, slip.order_id)
        mine = (CONTACT.c.customer_id == slip.customer_id) & (CONTACT.c.name == slip.contact)
        taker = account(session, order.agent)
        known = session.connection().execute(select(CONTACT.c.department).where(mine).limit(1)).scalar()
    if not slip.urgent:
        raise Refused(
            "DLV-4",
            _("{number} is no urgent delivery: it needs no contact letter.").format(number=slip.number),
            mend=_("Print its slip: `ordersdesk slips print {number}`.").format(number=slip.number),
            field="number",
        )
    money = at_the_door(slip.payment, slip.due, desk.policy.slips.at_the_door)
    own = Wave(slip.leaves_on, slip.wave)
    car = own if slip.left_at else car_for(desk, own)
    return Letter(
        slip=slip.number, order=slip.order_number, customer=slip.customer_name, address=slip.address,
        department=slip.department or known or "", contact=slip.contact, phone=slip.phone,
        leaves_on=car.day, wave=car.at, latest_on=slip.promised_on or slip.leaves_on, latest=slip.latest,
        pieces=slip.pieces,
        parcels=slip.parcels, to_collect=money, papers=_papers(order, money), note=slip.note,
        agent=taker.name if taker else order.agent,
    )  # fmt: skip


def _papers(order: orders.Summary, money: Decimal) -> tuple[str, ...]:
    """Name the invoice and what else the driver hands over and brings back."""
    papers = [
        invoicing(_, order.invoice, order.payment), _("delivery slip, customer's copy"),
        _("delivery slip, receipt to be signed"),
    ]  # fmt: skip
    if order.sheet in (WANTED, SENT):
        papers.append(_("confirmation sheet to be signed"))
    if money:
        papers.append(_("money to collect"))
    return tuple(filter(None, (*papers, order.papers)))
