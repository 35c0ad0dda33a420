"""Reads of slips: one with its lines, the rows of the board, and the waves of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from ordersdesk.delivery.flow import SLIP_FLOW
from ordersdesk.delivery.tables import CHASED, Slip, SlipLine
from ordersdesk.delivery.tables import OPEN as IS_OPEN
from ordersdesk.delivery.views import SlipGoods, SlipHead, SlipRow, SlipView, WaveRow
from ordersdesk.delivery.wave_rules import chosen_wave
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Happening, Held, table_of, timeline
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.queries import ORDER
from ordersdesk.orders.tables import TO_ALLOCATE

SLIP, SLIP_LINE = table_of(Slip), table_of(SlipLine)
OPEN = ("made", "printed", "picked", "loaded")
# With whom a slip travels: the carrier who takes it, else our van of its route.
GOES_WITH = case((SLIP.c.carrier != "", SLIP.c.carrier), else_=SLIP.c.route)
# In which order slips are looked at: what leaves first, urgent goods, key customers.
FIRST = (SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.urgent.desc(), SLIP.c.size_class != "key", SLIP.c.id)

_HEAD = tuple(SLIP.c[name] for name in SlipHead.__dataclass_fields__)
_GOODS = tuple(SLIP_LINE.c[name] for name in SlipGoods.__dataclass_fields__)
_ROW = tuple(SLIP.c[name] for name in SlipRow.__dataclass_fields__)


def by_number(desk: Desk, number: str) -> SlipView:
    """Return one slip with its lines; refused (SLP-1) when there is none with this number."""
    with desk.reading() as session:
        return held_slip(desk, session, number)


def held_slip(desk: Desk, session: Session, number: str, *, lock: bool = False) -> SlipView:
    """Do the same inside the caller's session; with `lock`, whoever else changes the slip waits."""
    statement = select(*_HEAD).where(SLIP.c.branch == desk.branch, SLIP.c.number == number.strip().upper())
    head = session.connection().execute(statement.with_for_update() if lock else statement).first()
    if head is None:
        raise no_slip(number)
    return _with_lines(session, [SlipHead(*head)])[0]


def no_slip(number: str) -> Refused:
    """Build the refusal of a number no slip has."""
    return Refused(
        "SLP-1",
        _("There is no slip {number}.").format(number=number[:40]),
        mend=_("Look it up on the dispatch board."),
        field="number",
    )


def of_orders(
    session: Session, order_ids: Collection[int], *, states: Collection[str] = (), lock: bool = False
) -> list[SlipView]:
    """Return the slips of some orders, oldest first, in these states or in any."""
    statement = select(*_HEAD).where(SLIP.c.order_id.in_(order_ids))
    if states:
        statement = statement.where(SLIP.c.state.in_(states))
    statement = statement.order_by(SLIP.c.id)
    found = session.connection().execute(statement.with_for_update() if lock else statement) if order_ids else ()
    return _with_lines(session, [SlipHead(*row) for row in found])


def _with_lines(session: Session, heads: list[SlipHead]) -> list[SlipView]:
    lines = goods_of(session, [head.id for head in heads])
    return [SlipView(head, tuple(lines[head.id])) for head in heads]


def goods_of(session: Session, slip_ids: Collection[int]) -> Mapping[int, list[SlipGoods]]:
    """Return the lines of some slips, in their order."""
    goods: dict[int, list[SlipGoods]] = {slip_id: [] for slip_id in slip_ids}
    chosen = select(*_GOODS).where(SLIP_LINE.c.slip_id.in_(goods)).order_by(SLIP_LINE.c.slip_id, SLIP_LINE.c.position)
    for row in session.connection().execute(chosen) if goods else ():
        line = SlipGoods(*row)
        goods[line.slip_id].append(line)
    return goods


def held(head: SlipHead) -> Held:
    """Return what a step along the flow needs to know of a slip."""
    return Held(id=head.id, number=head.number, state=head.state, version=head.version)


def story(session: Session, slip_id: int) -> list[Happening]:
    """Return what happened to a slip, oldest first."""
    return timeline(session, SLIP_FLOW.kind, slip_id)


def slips(
    desk: Desk,
    *,
    state: str | Collection[str] = OPEN,
    route: str | None = None,
    wave: str = "",
    day: date | None = None,
    sheet: int | None = None,
    order: str = "",
    chased: bool = False,
    limit: int = 500,
    after: int = 0,
) -> list[SlipRow]:
    """Return rows of the board: open slips unless states are named, urgent and key customers first.

    `route` names a route, or the carrier who takes the goods; `after` is how many rows a page before it showed.
    """
    statement = select(*_ROW).where(SLIP.c.branch == desk.branch)
    states = (state,) if isinstance(state, str) else tuple(state)
    same: Mapping[Any, Any] = {
        GOES_WITH: route, SLIP.c.wave: wave or None, SLIP.c.leaves_on: day, SLIP.c.sheet_id: sheet,
        SLIP.c.order_number: order or None,
    }  # fmt: skip
    statement = statement.where(*(column == value for column, value in same.items() if value is not None))
    if any(states):
        statement = statement.where(SLIP.c.state.in_(states))
        # Said as the index says it: a board looks through what is open, not through all that ever was.
        statement = statement.where(IS_OPEN) if set(states) <= set(OPEN) else statement
    if chased:
        statement = statement.where(CHASED)
    order_by = (SLIP.c.place, SLIP.c.id) if sheet is not None else FIRST
    with desk.reading() as session:
        rows = session.connection().execute(statement.order_by(*order_by).offset(after).limit(limit))
        return [SlipRow(*row) for row in rows]


def waves(desk: Desk, day: date) -> list[WaveRow]:
    """Return the waves of a day (JOY-2)."""
    with desk.reading() as session:
        coming, there = _coming(desk, session, day), _slips_of(desk, session, day)
    rows: list[WaveRow] = []
    for leaves in desk.policy.delivery.waves:
        wave = f"{leaves:%H:%M}"
        left = datetime.combine(day, leaves, desk.zone) - desk.local()
        orders, urgent = coming.get(wave, (0, 0))
        rows.append(WaveRow(day, wave, int(left.total_seconds() // 60), orders, urgent, there.get(wave, {})))
    return rows


def _coming(desk: Desk, session: Session, day: date) -> dict[str, tuple[int, int]]:
    """Count what each wave of a day takes, and how much of it is urgent; the next wave takes what is late too."""
    next_day, next_wave = chosen_wave(desk)
    is_next = day == next_day
    wave = case((ORDER.c.leaves_on < day, ""), else_=ORDER.c.wave).label("leaves_with")
    chosen = select(wave, func.count(), func.sum(case((ORDER.c.urgent, 1), else_=0))).where(
        ORDER.c.branch == desk.branch,
        TO_ALLOCATE,
        ORDER.c.leaves_on.between(date.min if is_next else day, day),  # a range: the index of what is to be allocated
    )
    found: dict[str, tuple[int, int]] = {}
    for own, orders, urgent in session.connection().execute(chosen.group_by(wave)):
        takes = max(own, next_wave) if is_next else own
        before = found.get(takes, (0, 0))
        found[takes] = (before[0] + orders, before[1] + int(urgent))
    return found


def _slips_of(desk: Desk, session: Session, day: date) -> dict[str, dict[str, int]]:
    chosen = select(SLIP.c.wave, SLIP.c.state, func.count()).where(SLIP.c.branch == desk.branch)
    found: dict[str, dict[str, int]] = {}
    rows = session.connection().execute(chosen.where(SLIP.c.leaves_on == day).group_by(SLIP.c.wave, SLIP.c.state))
    for wave, state, count in rows:
        found.setdefault(wave, {})[state] = count
    return found
