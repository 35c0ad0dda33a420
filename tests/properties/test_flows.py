"""Every state, verb and role of every flow: what the flow allows happens, all else is refused and changes nothing.

The square is made from the flows themselves; a new kind of document has to bring its maker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import delete, insert, select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.calls import actions as calls
from ordersdesk.calls.queries import CALL
from ordersdesk.credit.queries import APPLICATION
from ordersdesk.delivery.model.queries import SLIP
from ordersdesk.delivery.model.tables import RouteSheet, Trouble
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, Timeline, advance, stamps, table_of, timeline
from ordersdesk.foundation.flow import Verb
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.kinds import KINDS, Kind
from ordersdesk.orders.changes.queries import CHANGE
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.stock.queries import WAREHOUSE
from tests.builders import a_customer, as_role, cancel
from tests.conftest import MONDAY_TEN

NUMBER = "SO20261123-0001"
ORDER_VALUES: dict[str, Any] = {
    "number": NUMBER, "key": "k", "customer_id": 1, "customer_name": "明远办公", "size_class": "small",
    "agent": "lin", "channel": "phone", "contact": "王芳", "phone": "13800138000", "address": "张江路88号",
    "payment": "cash", "invoice": "none",
}  # fmt: skip


def an_order(desk: Desk, session: Session, state: str) -> None:
    session.connection().execute(insert(ORDER), stamps(desk, state) | ORDER_VALUES)


def a_call(desk: Desk, session: Session, state: str) -> None:
    values = {"key": "k", "agent": "lin", "presented": NUMBER}
    session.connection().execute(insert(CALL), stamps(desk, state) | values)


def an_application(desk: Desk, session: Session, state: str) -> None:
    values = {"number": NUMBER, "customer_id": 1, "customer_number": "C100001", "customer_name": "明远办公"}
    values |= {"purpose": "new", "credit_days": 30, "report": "?", "evidence": {}}
    session.connection().execute(insert(APPLICATION), stamps(desk, state) | values)


def a_change(desk: Desk, session: Session, state: str) -> None:
    if session.connection().execute(select(ORDER.c.id)).first() is None:
        an_order(desk, session, "confirmed")
    values = {"number": NUMBER, "order_id": select(ORDER.c.id).scalar_subquery(), "order_number": NUMBER}
    values |= {"kind": "change", "reason": "?", "level": "minor", "edits": {}, "before": {}, "after": {}}
    session.connection().execute(insert(CHANGE).values(stamps(desk, state) | values | {"occasions": []}))


def an_approval(desk: Desk, session: Session, state: str) -> None:
    values = {"number": NUMBER, "subject": "order", "document_id": 1, "document": NUMBER, "document_version": 1}
    values |= {"occasion": "overdue", "rule": "CUS-9", "role": "manager", "text": "", "due_at": desk.now()}
    session.connection().execute(insert(APPROVAL), stamps(desk, state) | values)


# What a slip, a sheet or trouble says of itself matters to no verb.
SLIP_VALUES: dict[str, Any] = {
    "number": NUMBER, "order_number": NUMBER, "customer_id": 1, "customer_name": "明远办公",
    "size_class": "small", "contact": "王芳", "phone": "13800138000", "address": "张江路88号",
    "leaves_on": MONDAY_TEN.date(), "payment": "cash", "services": [],
}  # fmt: skip


def a_slip(desk: Desk, session: Session, state: str) -> None:
    for table, make in ((ORDER, lambda: an_order(desk, session, "confirmed")), (WAREHOUSE, lambda: _main(session))):
        if session.connection().execute(select(table.c.id)).first() is None:
            make()
    ids = {"order_id": select(ORDER.c.id).scalar_subquery(), "warehouse_id": select(WAREHOUSE.c.id).scalar_subquery()}
    session.connection().execute(insert(SLIP).values(stamps(desk, state) | SLIP_VALUES | ids))


def _main(session: Session) -> None:
    session.connection().execute(insert(WAREHOUSE), {"code": "MAIN", "name": "Main", "branch": "SH", "kind": "main"})


def a_sheet(desk: Desk, session: Session, state: str) -> None:
    values = {"number": NUMBER, "route": "R1", "day": MONDAY_TEN.date()}
    session.connection().execute(insert(table_of(RouteSheet)), stamps(desk, state) | values)


def trouble(desk: Desk, session: Session, state: str) -> None:
    if session.connection().execute(select(SLIP.c.id)).first() is None:
        a_slip(desk, session, "loaded")
    values = {"number": NUMBER, "slip_number": NUMBER, "customer_name": "明远办公", "kind": "late", "cause": "?"}
    ids = {"order_id": select(ORDER.c.id).scalar_subquery(), "slip_id": select(SLIP.c.id).scalar_subquery()}
    session.connection().execute(insert(table_of(Trouble)).values(stamps(desk, state) | values | ids))


MAKERS: dict[str, Callable[[Desk, Session, str], None]] = {
    "order": an_order, "call": a_call, "change": a_change, "credit": an_application, "approval": an_approval,
    "slip": a_slip, "route": a_sheet, "exception": trouble,
}  # fmt: skip

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
    desk.database.write(lambda session: MAKERS[kind](desk, session, field.state))
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


def test_every_kind_of_document_is_tested() -> None:
    assert set(MAKERS) == set(KINDS)


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
