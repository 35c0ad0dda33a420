"""Reads for the warehouse: what to fetch for the printed slips, item by item (SLP-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.delivery.model.queries import GOES_WITH, SLIP, SLIP_LINE
from ordersdesk.delivery.model.wave_rules import last_day_of
from ordersdesk.foundation.desk import Desk


@dataclass(frozen=True)
class ForSlip:
    """Pieces of an item for one slip."""

    slip: str
    position: int
    pieces: int


@dataclass(frozen=True)
class ToFetch:
    """One item to fetch from its shelf, and the slips it is for."""

    code: str
    name: str
    spec: str
    unit: str
    pieces: int
    slips: tuple[ForSlip, ...]


_ITEM = (SLIP_LINE.c.code, SLIP_LINE.c.name, SLIP_LINE.c.spec, SLIP_LINE.c.unit)


def picklist(
    desk: Desk, *, wave: str = "", day: date | None = None, route: str | None = None, slips: Sequence[str] = ()
) -> list[ToFetch]:
    """Return what to fetch for the printed slips of a wave, a route or by name, by code; urgent slips first."""
    columns = (*_ITEM, SLIP.c.number, SLIP_LINE.c.position, SLIP_LINE.c.pieces)
    chosen = select(*columns).join(SLIP, SLIP.c.id == SLIP_LINE.c.slip_id)
    chosen = chosen.where(SLIP.c.branch == desk.branch, SLIP.c.state == "printed", SLIP_LINE.c.pieces > 0)
    same: dict[Any, Any] = {SLIP.c.wave: wave or None, SLIP.c.leaves_on: day, GOES_WITH: route}
    chosen = chosen.where(*(column == value for column, value in same.items() if value is not None))
    if wave and day is None and (last := last_day_of(desk, wave)):
        chosen = chosen.where(SLIP.c.leaves_on <= last)
    if slips:
        chosen = chosen.where(SLIP.c.number.in_([number.strip().upper() for number in slips]))
    first = (SLIP_LINE.c.code, SLIP.c.urgent.desc(), SLIP.c.size_class != "key", SLIP.c.id, SLIP_LINE.c.position)
    found: dict[str, tuple[Any, list[ForSlip]]] = {}
    with desk.reading() as session:
        for row in session.connection().execute(chosen.order_by(*first)):
            found.setdefault(row.code, (row, []))[1].append(ForSlip(row.number, row.position, row.pieces))
    return [
        ToFetch(row.code, row.name, row.spec, row.unit, sum(each.pieces for each in them), tuple(them))
        for row, them in found.values()
    ]


def weighed(session: Session, slip_id: int) -> list[Any]:
    """Return a slip's lines with what one piece weighs and takes up."""
    names = (SLIP_LINE.c.pieces, SLIP_LINE.c.amount, SLIP_LINE.c.valuable)
    columns = (*names, ITEM.c.weight_g, ITEM.c.volume_cm3)
    chosen = select(*columns).join(ITEM, ITEM.c.id == SLIP_LINE.c.item_id).where(SLIP_LINE.c.slip_id == slip_id)
    return list(session.connection().execute(chosen.order_by(SLIP_LINE.c.position)))
