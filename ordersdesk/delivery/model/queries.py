"""Reads of slips: one with its lines, the rows of the board, and the waves of a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.tables import CHASED, Slip, SlipLine
from ordersdesk.delivery.model.tables import OPEN as IS_OPEN
from ordersdesk.delivery.model.views import SlipGoods, SlipHead, SlipRow, SlipView, WaveRow
from ordersdesk.delivery.model.wave_rules import car_for, the_next
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening, Held, table_of, timeline
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import between
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.model.tables import TO_ALLOCATE
from ordersdesk.orders.promise.arrival import is_too_late
from ordersdesk.orders.promise.waves import Wave, said, waves_of

SLIP, SLIP_LINE = table_of(Slip), table_of(SlipLine)
OPEN = ("made", "printed", "picked", "loaded")
# With whom a slip travels: the carrier who takes it, else our van of its route.
GOES_WITH = case((SLIP.c.carrier != "", SLIP.c.carrier), else_=SLIP.c.route)
# In which order slips are looked at: what leaves first, urgent goods by their latest time, key customers.
FIRST = (SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.urgent.desc(), SLIP.c.latest, SLIP.c.size_class != "key", SLIP.c.id)

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
    """Return the waves of a day (JOY-2), with the times slips of it still have from before the policy changed."""
    with desk.reading() as session:
        slips_of = _slips_of(desk, session, [day])
        own = {wave for wave in slips_of if wave.at}
        return _rows(desk, session, sorted({*waves_of(day, desk.policy, desk.calendar), *own}), slips_of)


def waves_on_board(desk: Desk) -> list[WaveRow]:
    """Return the waves to be worked on: of the next wave's day, and the next day's first, prepared the day before.

    Those that have left are shown while slips of them are still in the house.
    """
    following = the_next(desk)
    tomorrow = waves_of(desk.calendar.next_working_day(following.day), desk.policy, desk.calendar)[0]
    with desk.reading() as session:
        slips_of = _slips_of(desk, session, [following.day, tomorrow.day])
        own = {wave for wave in slips_of if wave.day == following.day and wave.at}
        found = sorted({*waves_of(following.day, desk.policy, desk.calendar), *own, tomorrow})
        rows = _rows(desk, session, found, slips_of)
    return [row for row in rows if row.minutes_left >= 0 or any(row.slips.get(state) for state in OPEN[:3])]


def _rows(
    desk: Desk, session: Session, found: Sequence[Wave], slips_of: Mapping[Wave, dict[str, int]]
) -> list[WaveRow]:
    coming, cars = _coming(desk, session, found), {said(at) for at in desk.policy.delivery.urgent_cars}
    wanted = _wanted(desk, session, found)
    now = desk.local().replace(second=0, microsecond=0)  # as the clock in the header counts
    return [
        WaveRow(
            wave.day, wave.at, int(between(now, wave.moment(now)).total_seconds() // 60), *coming.get(wave, (0, 0)),
            slips_of.get(wave, {}), is_car=wave.at in cars, **wanted.get(wave, {}),
        )
        for wave in found
    ]  # fmt: skip


def _coming(desk: Desk, session: Session, found: Sequence[Wave]) -> dict[Wave, tuple[int, int]]:
    """Count what each wave takes, and how much of it is urgent; the next wave takes what is late too."""
    following = the_next(desk)
    ahead = sorted({*found, following})
    chosen = select(ORDER.c.leaves_on, ORDER.c.wave, func.count(), func.sum(case((ORDER.c.urgent, 1), else_=0)))
    chosen = chosen.where(ORDER.c.branch == desk.branch, TO_ALLOCATE, ORDER.c.leaves_on <= ahead[-1].day)
    counted: dict[Wave, tuple[int, int]] = {}
    for day, at, orders, urgent in session.connection().execute(chosen.group_by(ORDER.c.leaves_on, ORDER.c.wave)):
        due = max(Wave(day, at), following)
        takes = next((wave for wave in ahead if wave >= due), ahead[-1])
        if takes.day == due.day:
            before = counted.get(takes, (0, 0))
            counted[takes] = before[0] + orders, before[1] + int(urgent)
    return counted


def _wanted(desk: Desk, session: Session, found: Sequence[Wave]) -> dict[Wave, dict[str, Any]]:
    """Return until when the first urgent goods of each wave are wanted, and how many of them come too late (DLV-4)."""
    if not found:
        return {}
    counted: dict[Wave, dict[str, Any]] = {}
    for stands, day, latest, count in _urgent_ones(desk, session, until=found[-1].day):
        takes = next((wave for wave in found if wave >= stands), None)
        if takes is None:
            continue
        late = count if is_too_late(car_for(desk, stands), desk.policy, day=day, latest=latest) else 0
        before = counted.setdefault(takes, {"latest": latest, "too_late": 0})
        counted[takes] = {"latest": min(before["latest"], latest), "too_late": before["too_late"] + late}
    return counted


def _urgent_ones(desk: Desk, session: Session, *, until: date) -> Iterator[tuple[Wave, date, str, int]]:
    """Yield how many urgent orders and slips still in the house stand with a wave and are wanted by the same time.

    Orders stand with the next wave when theirs has left, slips with the one they were made for: so they are counted.
    """
    none, following = Wave(date.min, ""), the_next(desk)
    for table, least, is_here in (
        (ORDER, following, [TO_ALLOCATE]),
        (SLIP, none, [IS_OPEN, SLIP.c.left_at.is_(None)]),
    ):
        columns = (table.c.leaves_on, table.c.wave, table.c.promised_on, table.c.latest)
        mine = (table.c.branch == desk.branch, *is_here, table.c.leaves_on <= until, table.c.latest != "")
        chosen = select(*columns, func.count()).where(*mine).group_by(*columns).order_by(*columns)
        for leaves_on, at, promised_on, latest, count in session.connection().execute(chosen):
            yield max(Wave(leaves_on, at), least), promised_on or leaves_on, latest, count


def _slips_of(desk: Desk, session: Session, days: Collection[date]) -> dict[Wave, dict[str, int]]:
    chosen = select(SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.state, func.count()).where(SLIP.c.branch == desk.branch)
    mine = chosen.where(SLIP.c.leaves_on.in_(days)).group_by(SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.state)
    found: dict[Wave, dict[str, int]] = {}
    for day, at, state, count in session.connection().execute(mine):
        found.setdefault(Wave(day, at), {})[state] = count
    return found
