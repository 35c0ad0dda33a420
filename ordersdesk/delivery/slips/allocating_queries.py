"""Reads of what is to go onto slips: the orders of a wave or by name, their lines, what slips carry already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.delivery.model.queries import SLIP
from ordersdesk.delivery.slips.allocating_rules import Goods, Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.model.tables import TO_ALLOCATE
from ordersdesk.orders.promise.place_queries import REGION
from ordersdesk.orders.promise.waves import Wave

_WANTED = tuple(REGION if name == "region" else ORDER.c[name] for name in Wanted.__dataclass_fields__)
_OF_ITEM = ("weight_g", "volume_cm3", "valuable")
_GOODS = tuple(ITEM.c[name] if name in _OF_ITEM else LINE.c[name] for name in Goods.__dataclass_fields__)
_ALL = select(*_WANTED).order_by(ORDER.c.id)


def of_wave(
    desk: Desk, session: Session, day: date, wave: str, *, route: str | None = None, lock: bool = False
) -> list[Wanted]:
    """Return the confirmed orders a wave may take: those that leave with it at the latest, late ones too."""
    in_time = or_(ORDER.c.leaves_on < day, and_(ORDER.c.leaves_on == day, ORDER.c.wave <= wave))
    chosen = _ALL.where(ORDER.c.branch == desk.branch, TO_ALLOCATE, ORDER.c.leaves_on <= day, in_time)
    return _read(session, chosen if route is None else chosen.where(ORDER.c.route == route), lock=lock)


def first_after(desk: Desk, session: Session, wave: Wave, *, route: str | None = None) -> Wave | None:
    """Return the wave of the confirmed order that leaves next after a wave; nothing when there is none."""
    later = or_(ORDER.c.leaves_on > wave.day, and_(ORDER.c.leaves_on == wave.day, ORDER.c.wave > wave.at))
    chosen = select(ORDER.c.leaves_on, ORDER.c.wave).where(ORDER.c.branch == desk.branch, TO_ALLOCATE, later)
    mine = chosen if route is None else chosen.where(ORDER.c.route == route)
    row = session.connection().execute(mine.order_by(ORDER.c.leaves_on, ORDER.c.wave).limit(1)).first()
    return Wave(*row) if row else None


def by_numbers(desk: Desk, session: Session, numbers: Sequence[str], *, lock: bool = False) -> list[Wanted]:
    """Return orders by name, in any state."""
    mine = _ALL.where(ORDER.c.branch == desk.branch)
    return [
        order
        for part in chunks(sorted(set(numbers)))
        for order in _read(session, mine.where(ORDER.c.number.in_(part)), lock=lock)
    ]


def by_ids(session: Session, order_ids: Iterable[int]) -> list[Wanted]:
    """Return orders by id."""
    return [
        order
        for part in chunks(sorted(set(order_ids)))
        for order in _read(session, _ALL.where(ORDER.c.id.in_(part)), lock=False)
    ]


def _read(session: Session, statement: Any, *, lock: bool) -> list[Wanted]:
    """Read orders by id: two who want the same ones wait for each other, then see what the first has left."""
    wanted = statement.with_for_update(of=ORDER) if lock else statement
    return [Wanted(*row) for row in session.connection().execute(wanted)]


def lines_of(session: Session, order_ids: Iterable[int]) -> dict[int, list[Goods]]:
    """Return the lines of some orders, in their order."""
    found: dict[int, list[Goods]] = {order_id: [] for order_id in order_ids}
    statement = select(*_GOODS).join(ITEM, ITEM.c.id == LINE.c.item_id).order_by(LINE.c.order_id, LINE.c.position)
    for part in chunks(sorted(found)):
        for row in session.connection().execute(statement.where(LINE.c.order_id.in_(part))):
            found[row[0]].append(Goods(*row))
    return found


def carried(session: Session, order_ids: Iterable[int], *, without: int = 0) -> dict[int, tuple[Decimal, Decimal]]:
    """Return what of orders' fee and deposit is on slips that stand, leaving one slip out of the sum (DLV-1)."""
    columns = (SLIP.c.order_id, func.sum(SLIP.c.fee), func.sum(SLIP.c.deposit))
    stands = SLIP.c.state.not_in(("void", "failed")) & (SLIP.c.id != without)
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for part in chunks(sorted(order_ids)):
        statement = select(*columns).where(SLIP.c.order_id.in_(part), stands).group_by(SLIP.c.order_id)
        found |= {row[0]: (_money(row[1]), _money(row[2])) for row in session.connection().execute(statement)}
    return found


def _money(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value or 0).scaleb(-2)
