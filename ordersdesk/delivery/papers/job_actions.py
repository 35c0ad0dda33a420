"""Each slip is printed once: whoever prints takes it first, and says at the end whether it is on paper (SLP-2).

A job that is never heard of again, because its program died, is over after `policy.slips.job_minutes`. Nobody knows
then whether its paper came out: such a slip is printed again only when somebody has looked for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session

from ordersdesk.delivery.model.flow import ON_PAPER, SLIP_FLOW
from ordersdesk.delivery.model.holding_queries import held_slips, why_held
from ordersdesk.delivery.model.queries import FIRST, GOES_WITH, SLIP, SLIP_LINE, no_slip
from ordersdesk.delivery.model.tables import CHASED, OPEN, Slip
from ordersdesk.delivery.model.wave_rules import last_day_of
from ordersdesk.delivery.slips.print_rules import (
    FOLLOWING,
    Skipped,
    Waiting,
    Wanted,
    is_alive,
    is_in_doubt,
    reason,
    verb_for,
)
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import Held, advance
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.fulfilment.actions import Moved, Progress, fulfil_many
from ordersdesk.orders.notices.actions import settle
from ordersdesk.people.names import person

PRINTED = N_("slip {slip} printed")
_COLUMNS = tuple(SLIP.c[name] for name in Waiting.__dataclass_fields__)
_UNPRINTED = or_(SLIP.c.state == "made", and_(CHASED, SLIP.c.state.in_(FOLLOWING)))
_FREED: dict[str, Any] = {"job": "", "job_at": None}


@dataclass(frozen=True)
class Taken:
    """Slips that are ours to print until the job is done, given up or over."""

    job: str
    slips: tuple[Waiting, ...]
    skipped: tuple[Skipped, ...] = ()
    doubtful: frozenset[int] = frozenset()
    """Those a job had before that never said how it went: a paper of them may be lying in a printer."""


@action
def take(desk: Desk, session: Session, wanted: Wanted) -> Taken:
    """Take the slips that wait for their first paper; those somebody else has taken are told."""
    _refuse_role(desk, "print")
    found = _named(desk, session, wanted.numbers) if wanted.numbers else _waiting(desk, session, wanted)
    left = _held_back(desk, session, found) | ({} if wanted.looked else _in_doubt(desk, found))
    taken = _taken(desk, session, [slip for slip in found if slip.number not in left], _UNPRINTED)
    return replace(taken, skipped=(*taken.skipped, *(Skipped(number, why) for number, why in left.items())))


def would_take(desk: Desk, wanted: Wanted) -> list[str]:
    """Return which slips would be taken now, and take none."""
    with desk.reading() as session:
        found = _named(desk, session, wanted.numbers) if wanted.numbers else _waiting(desk, session, wanted)
        held = _held_back(desk, session, found) | ({} if wanted.looked else _in_doubt(desk, found))
    now, minutes = desk.now(), desk.policy.slips.job_minutes
    free = [slip for slip in found if not is_alive(slip.job, slip.job_at, now, minutes) and slip.number not in held]
    return [slip.number for slip in free if verb_for(slip)]


@action
def take_again(desk: Desk, session: Session, numbers: Sequence[str]) -> Taken:
    """Take printed slips to print them again, all or none; refused (SLP-2) for one that has no paper yet."""
    found = _named(desk, session, numbers)
    for slip in found:
        verb = SLIP_FLOW.verb("reprint")
        SLIP_FLOW.check(verb, roles=desk.user.roles, state=slip.state, number=slip.number)
        if not slip.prints:
            raise Refused(
                "SLP-2",
                _("{number} was never printed.").format(number=slip.number),
                mend=_("Print it: ordersdesk slips print --number {number}").format(number=slip.number),
                field="number",
            )
    taken = _taken(desk, session, found, and_(SLIP.c.state.in_(ON_PAPER), SLIP.c.prints > 0))
    if len(taken.slips) < len(found):
        other = next(slip for slip in found if slip.id not in {mine.id for mine in taken.slips})
        raise Refused(
            "SLP-2",
            _("{number} is being printed right now.").format(number=other.number),
            mend=_("Wait for that paper, then look again."),
            field="number",
        )
    return taken


@action
def renew(desk: Desk, session: Session, job: str, slips: Sequence[Waiting]) -> set[int]:
    """Say that the job goes on, just before the paper goes out; return which slips are still ours and unchanged."""
    versions = {slip.id: slip.version for slip in slips}
    ours: set[int] = set()
    for part in chunks(sorted(versions)):
        said = update(SLIP).where(SLIP.c.id.in_(part), SLIP.c.job == job).values(job_at=desk.now())
        rows = session.connection().execute(said.returning(SLIP.c.id, SLIP.c.version))
        ours |= {row[0] for row in rows if row[1] == versions[row[0]]}
    return ours


@action
def done(
    desk: Desk, session: Session, job: str, slips: Sequence[Waiting], *, again: bool = False, why: str = ""
) -> None:
    """Note that slips are on paper: count it, and release their goods to the shelf where they were not (SLP-2)."""
    ours = _held(session, job, [slip.id for slip in slips])
    known = {slip.id: slip for slip in slips}
    for slip in ours:
        if slip.version != known[slip.id].version:
            raise _changed(slip.number)
        verb = "reprint" if again else verb_for(slip)
        now = desk.now()
        changes = {**_FREED, "prints": slip.prints + 1, **({} if slip.prints else {"printed_at": now})}
        told = {"prints": slip.prints + 1}
        held = Held(slip.id, slip.number, slip.state, slip.version)
        advance(desk, session, SLIP_FLOW, Slip, held, verb, changes=changes, note=why, details=told)
    if len(ours) < len(slips):
        raise _changed(next(slip.number for slip in slips if slip.id not in {mine.id for mine in ours}))
    if not again:
        _release(desk, session, [slip for slip in ours if slip.state == "made"])
        _chased_no_more(desk, session, [slip for slip in ours if slip.state != "made"])


@action
def give_up(desk: Desk, session: Session, job: str, slips: Sequence[Waiting]) -> None:
    """Let go of slips the job has taken and not printed: anybody may print them again."""
    for part in chunks([slip.id for slip in slips]):
        mine = and_(SLIP.c.id.in_(part), SLIP.c.job == job)
        session.connection().execute(update(SLIP).where(mine).values(**_FREED))


def _held_back(desk: Desk, session: Session, found: Sequence[Waiting]) -> dict[str, str]:
    """Return the slips that get no paper because their goods may not leave, and why; what left already gets its own."""
    here = [slip for slip in found if slip.state == "made"]
    return {number: why_held(reasons) for number, reasons in held_slips(desk, session, here).items()}


def _in_doubt(desk: Desk, found: Sequence[Waiting]) -> dict[str, str]:
    """Return the slips that may be on paper already, each with that sentence: a person looks first."""
    now, minutes = desk.now(), desk.policy.slips.job_minutes
    doubted = [slip for slip in found if is_in_doubt(slip.job, slip.job_at, now, minutes)]
    return {slip.number: reason(slip, now, minutes, partial(person, desk)) for slip in doubted}


def _refuse_role(desk: Desk, verb: str) -> None:
    step = SLIP_FLOW.verb(verb)
    SLIP_FLOW.check(step, roles=desk.user.roles, state=step.from_[0], number="")


def _named(desk: Desk, session: Session, numbers: Sequence[str]) -> list[Waiting]:
    """Read slips by their numbers, each once; refused (SLP-1) when one is not there."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    found: dict[str, Waiting] = {}
    for part in chunks(wanted):
        chosen = select(*_COLUMNS).where(SLIP.c.branch == desk.branch, SLIP.c.number.in_(part))
        found |= {row.number: Waiting(*row) for row in session.connection().execute(chosen)}
    for number in wanted:
        if number not in found:
            raise no_slip(number)
    return [found[number] for number in wanted]


def _waiting(desk: Desk, session: Session, wanted: Wanted) -> list[Waiting]:
    """Read what waits for its first paper, in the order it leaves."""
    asked = {SLIP.c.wave: wanted.wave or None, SLIP.c.leaves_on: wanted.day, GOES_WITH: wanted.route}
    same = [SLIP.c.branch == desk.branch, *(column == value for column, value in asked.items() if value is not None)]
    if wanted.wave and wanted.day is None and (last := last_day_of(desk, wanted.wave)):
        same.append(SLIP.c.leaves_on <= last)
    rows: list[Waiting] = []
    # Two reads, each said as its index says it: what is open, and what left before its paper.
    for waits in (and_(OPEN, SLIP.c.state == "made"), and_(CHASED, SLIP.c.state.in_(FOLLOWING))):
        chosen = select(*_COLUMNS).where(*same, waits).order_by(*FIRST)
        rows += [Waiting(*row) for row in session.connection().execute(chosen)]
    return rows


def _taken(desk: Desk, session: Session, found: Sequence[Waiting], may: ColumnElement[bool]) -> Taken:
    now, minutes = desk.now(), desk.policy.slips.job_minutes
    job, named = f"{desk.user.login} {uuid4().hex[:12]}", partial(person, desk)
    longest = timedelta(minutes=minutes)
    free = or_(SLIP.c.job == "", SLIP.c.job_at <= now - longest, SLIP.c.job_at > now + longest)
    ours: dict[int, Waiting] = {}
    for part in chunks([slip.id for slip in found]):
        mark = update(SLIP).where(SLIP.c.id.in_(part), may, free).values(job=job, job_at=now)
        # As they are now: since they were read somebody may have printed or changed them and be through with it.
        rows = session.connection().execute(mark.returning(*_COLUMNS))
        ours |= {row.id: Waiting(*row) for row in rows}
    skipped = (Skipped(slip.number, reason(slip, now, minutes, named)) for slip in found if slip.id not in ours)
    doubtful = frozenset(slip.id for slip in found if slip.job)
    return Taken(job, tuple(ours[slip.id] for slip in found if slip.id in ours), tuple(skipped), doubtful)


def _held(session: Session, job: str, ids: Collection[int]) -> list[Waiting]:
    """Read what is still ours, and let whoever else would change it wait."""
    rows: list[Waiting] = []
    for part in chunks(sorted(ids)):
        chosen = select(*_COLUMNS).where(SLIP.c.id.in_(part), SLIP.c.job == job).order_by(SLIP.c.id)
        rows += [Waiting(*row) for row in session.connection().execute(chosen.with_for_update())]
    return rows


def _release(desk: Desk, session: Session, slips: Sequence[Waiting]) -> None:
    """Count the pieces as released in their orders; several slips of one order are one step of it."""
    numbers = {slip.id: slip.number for slip in slips}
    moved: dict[int, dict[int, Moved]] = {}
    told: dict[int, list[str]] = {}
    columns = (SLIP.c.order_id, SLIP.c.id, SLIP_LINE.c.order_line_id, SLIP_LINE.c.pieces)
    for part in chunks(sorted(numbers)):
        chosen = select(*columns).join(SLIP_LINE, SLIP_LINE.c.slip_id == SLIP.c.id).where(SLIP.c.id.in_(part))
        for order_id, slip_id, line_id, pieces in session.connection().execute(chosen):
            lines, mine = moved.setdefault(order_id, {}), told.setdefault(order_id, [])
            before = lines.get(line_id, Moved())
            lines[line_id] = replace(before, released=before.released + pieces)
            mine += [numbers[slip_id]] if numbers[slip_id] not in mine else []
    steps = {
        order_id: Progress(lines, _(PRINTED).format(slip=word_list(sorted(told[order_id]))), {"slips": told[order_id]})
        for order_id, lines in moved.items()
    }
    fulfil_many(desk, session, steps)


def _chased_no_more(desk: Desk, session: Session, slips: Sequence[Waiting]) -> None:
    """Take off the lists what told that the paper of goods that left is missing (SLP-5)."""
    for slip in slips:
        order_id = session.connection().execute(select(SLIP.c.order_id).where(SLIP.c.id == slip.id)).scalar_one()
        settle(desk, session, order_id, rule="SLP-5", facts={"slip": slip.number})


def _changed(number: str) -> Refused:
    return Refused(
        "SLP-2",
        _("{number} was changed while it was printed.").format(number=number),
        mend=_("Take its paper away and print it once more."),
        field="number",
    )
