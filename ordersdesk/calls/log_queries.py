"""Which calls of a log the book holds: those of a log before, and those the desk itself took (FIL-1, CAL-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.calls.log import LoggedCall
from ordersdesk.calls.queries import CALL
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones

LOGGED = "log:"  # what the key of a call of a log begins with


@dataclass(frozen=True)
class Stored:
    """A call of the book; one the desk took itself is never written by a file."""

    id: int
    version: int
    begun_at: datetime
    call: LoggedCall

    @property
    def is_logged(self) -> bool:
        """Return whether a log brought it."""
        return self.call.key.startswith(LOGGED)


_COLUMNS = (
    CALL.c.key, CALL.c.presented, CALL.c.agent, CALL.c.direction, CALL.c.rang_at, CALL.c.answered_at,
    CALL.c.ended_at, CALL.c.reason, CALL.c.outcome, CALL.c.note, CALL.c.customer_id,
)  # fmt: skip


def recognised(desk: Desk, session: Session, told: Sequence[LoggedCall]) -> dict[str, Stored]:
    """Return by key the calls of a log that the book holds; each of the book is one of the log's at most.

    A call is known by its key; else by number, agent and moments, whatever the mapping calls its key; else as one the
    desk took itself: the same caller at the same time.
    """
    if not told:
        return {}
    known = _Known(desk, _around(desk, session, told))
    found: dict[str, Stored] = {}
    for way in (known.by_key, known.by_content, known.by_caller):
        for each in told:
            if each.key not in found and (held := next(way(each), None)):
                found[each.key] = held
                known.taken.add(held.id)
    return found


def _around(desk: Desk, session: Session, told: Sequence[LoggedCall]) -> list[Stored]:
    moments = [each.rang_at for each in told]
    first, last = min(moments) - timedelta(days=1), max(moments) + timedelta(days=1)
    chosen = (CALL.c.branch == desk.branch) & CALL.c.created_at.between(first, last)
    columns = (CALL.c.id, CALL.c.version, CALL.c.created_at, *_COLUMNS)
    rows = session.connection().execute(select(*columns).where(chosen).order_by(CALL.c.id))
    return [_stored(*row) for row in rows]


def _stored(id_: int, version: int, begun_at: datetime, *said: Any) -> Stored:
    key, presented, agent, direction, rang_at, *rest = said
    return Stored(id_, version, begun_at, LoggedCall(key, presented, agent, direction, rang_at or begun_at, *rest))


class _Known:
    """The calls of the book by what each is recognised by."""

    def __init__(self, desk: Desk, stored: Sequence[Stored]) -> None:
        self.plan = desk.policy.phones
        self.near = timedelta(seconds=desk.policy.calls.same_seconds)
        self.taken: set[int] = set()
        self.keys = {each.call.key: each for each in stored}
        self.contents: dict[object, list[Stored]] = defaultdict(list)
        self.callers: dict[str, list[Stored]] = defaultdict(list)
        for each in stored:
            if each.is_logged:
                self.contents[_content(each.call)].append(each)
            elif number := self._number(each.call):
                self.callers[number].append(each)

    def by_key(self, told: LoggedCall) -> Iterator[Stored]:
        """Give the call of this key."""
        if told.key in self.keys:
            yield self.keys[told.key]

    def by_content(self, told: LoggedCall) -> Iterator[Stored]:
        """Give calls of a log that say the same."""
        yield from self._free(self.contents.get(_content(told), ()))

    def by_caller(self, told: LoggedCall) -> Iterator[Stored]:
        """Give calls the desk took from this number at this time, by this agent if the log names one."""
        for each in self._free(self.callers.get(self._number(told), ())):
            at = told.answered_at or told.rang_at
            is_near = min(abs(each.begun_at - moment) for moment in (at, told.rang_at)) <= self.near
            if is_near and told.direction == "in" and told.agent in ("", each.call.agent):
                yield each

    def _free(self, stored: Sequence[Stored]) -> Iterator[Stored]:
        return (each for each in stored if each.id not in self.taken)

    def _number(self, call: LoggedCall) -> str:
        phone = phones.presented(call.presented, self.plan)
        return phone.e164 if phone else ""


def _content(call: LoggedCall) -> object:
    return call.presented, call.agent, call.direction, call.rang_at, call.answered_at, call.ended_at
