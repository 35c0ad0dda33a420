"""Every state, verb and role of every flow: what the flow allows happens, all else is refused and changes nothing.

The square is made from the flows themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import delete, select
from sqlmodel import Session

from ordersdesk.calls import actions as calls
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, Timeline, advance, table_of, timeline
from ordersdesk.foundation.flow import Verb
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.kinds import KINDS, Kind
from ordersdesk.orders.changes.regret_actions import regret
from tests.builders import a_customer, as_role, cancel
from tests.properties.made import NUMBER, make

# What a person does through the rooms, where a verb has an action of its own.
ACTS: dict[tuple[str, str], Callable[[Desk], object]] = {
    ("call", "park"): lambda desk: calls.park(desk, key="k", draft={}),
    ("call", "resume"): lambda desk: calls.resume(desk, key="k"),
    ("call", "end"): lambda desk: calls.end(desk, key="k", outcome="enquiry"),
    ("order", "cancel"): lambda desk: cancel(desk, number=NUMBER, version=1, reason="said so"),
    ("order", "regret"): lambda desk: regret(desk, NUMBER),
}


class Outcome(NamedTuple):
    """What became of a document; when refused, by which rule and naming what."""

    state: str
    version: int
    story: tuple[tuple[str, str, str, str], ...]
    refused: str = ""
    named: tuple[str, ...] = ()


class Field(NamedTuple):
    """One field of the square."""

    kind: Kind
    state: str
    verb: Verb
    role: Role

    def expected(self) -> Outcome:
        """Return what the flow says."""
        if self.state not in self.verb.from_:
            return Outcome(
                self.state, 1, (), self.verb.rule, (NUMBER, self.kind.flow.states[self.state], self.verb.label)
            )
        if self.role not in self.verb.roles:
            return Outcome(self.state, 1, (), "USR-2", (self.verb.label,))
        reached = self.verb.to[0] if self.verb.to else self.state
        return Outcome(reached, 2, ((self.verb.name, self.state, reached, self.verb.rule),))

    def named(self, sentence: str) -> tuple[str, ...]:
        """Return what a refusal names of document, where it is, and what was wanted."""
        named = (NUMBER, f"is {self.kind.flow.states[self.state]}:", self.verb.label)
        return tuple(each.removeprefix("is ").removesuffix(":") for each in named if each in sentence)


def square(desk: Desk, kind: str, *verbs: str) -> Iterator[Field]:
    flow = KINDS[kind].flow
    chosen = [verb for verb in flow.verbs if verb.name in verbs or not verbs]
    for state in flow.states:
        for verb in chosen:
            yield from (Field(KINDS[kind], state, verb, role) for role in _telling(desk, verb, state))


def _telling(desk: Desk, verb: Verb, state: str) -> Iterator[Role]:
    """Every role where the verb is possible; elsewhere one that may and one that may not.

    No database is asked about roles: the second one sees those two everywhere.
    """
    if state in verb.from_ and desk.database.dialect == "sqlite":
        yield from Role
        return
    yield next(role for role in Role if role in verb.roles)
    yield from [role for role in Role if role not in verb.roles][:1]


def outcome(desk: Desk, field: Field, act: Callable[[Desk], object]) -> Outcome:
    """Make a document in the field's state, do it, say what became of it, and leave nothing behind."""
    kind, table = field.kind.flow.kind, table_of(field.kind.table)
    desk.database.write(lambda session: make(desk, session, kind, field.state))
    refused, named = "", ()
    try:
        act(as_role(desk, field.role))
    except Refused as said:
        refused, named = said.rule, field.named(said.message)
    with desk.reading() as session:
        row = session.connection().execute(select(table)).mappings().one()
        told = timeline(session, kind, row["id"])
    desk.database.write(lambda session: [session.connection().execute(delete(each)) for each in (table, TIMELINE)])
    story = tuple((step.verb, step.from_state, step.to_state, step.rule) for step in told)
    return Outcome(row["state"], row["version"], story, refused, named)


TIMELINE = table_of(Timeline)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flow_allows_what_it_says_and_refuses_everything_else(desk: Desk, kind: str) -> None:
    a_customer(desk)
    table = KINDS[kind].table

    def step(field: Field) -> Callable[[Desk], object]:
        def work(who: Desk, session: Session) -> None:
            id_ = session.connection().execute(select(table_of(table).c.id)).scalar_one()
            held = Held(id=id_, number=NUMBER, state=field.state, version=1)
            advance(who, session, field.kind.flow, table, held, field.verb.name)

        return lambda who: who.database.write(lambda session: work(who, session))

    for field in square(desk, kind):
        assert outcome(desk, field, step(field)) == field.expected(), field


@pytest.mark.parametrize(("kind", "verb"), ACTS)
def test_the_rooms_obey_the_flow(desk: Desk, kind: str, verb: str) -> None:
    a_customer(desk)
    for field in square(desk, kind, verb):
        assert outcome(desk, field, ACTS[kind, verb]) == field.expected(), field
