"""Every kind, state of its approval, verb, role and person: only the asked role of somebody else decides (USR-2, 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from ordersdesk.approvals.flow import APPROVAL_FLOW, OPEN
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.asked import OVERSEERS
from ordersdesk.deciding import deny, grant, withdraw
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, stamps, table_of
from ordersdesk.foundation.policy.roles import APPROVERS, Role
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.kinds import KINDS
from tests.builders import a_customer, as_role
from tests.properties.made import NUMBER, make

DECIDED = [name for name, kind in KINDS.items() if kind.seen]
VERBS: dict[str, Callable[[Desk, str], object]] = {
    "grant": lambda desk, kind: grant(desk, kind, NUMBER, seen_version=1, reason="yes"),
    "deny": lambda desk, kind: deny(desk, kind, NUMBER, seen_version=1, reason="no"),
    "withdraw": lambda desk, kind: withdraw(desk, kind, NUMBER, reason="not needed"),
}
ASKED = Role.MANAGER
ASKER = "asker"


class Field(NamedTuple):
    """One field of the square: the approval's state, what is done to it, by whom."""

    state: str
    verb: str
    role: Role
    login: str

    def refused(self) -> str:
        """Return the rule that stands against it, or nothing."""
        if self.state not in OPEN:
            return "ORD-11"
        if self.verb == "withdraw":
            return "" if self.login == ASKER or self.role in OVERSEERS else "USR-2"
        if self.state == "later" or self.role != ASKED:
            return "USR-2"
        return "USR-3" if self.login == ASKER else ""


def fields(*, allowed: bool) -> Iterator[Field]:
    for field in (Field(*each) for each in product(APPROVAL_FLOW.states, VERBS, Role, (ASKER, "boss"))):
        if allowed == (not field.refused()):
            yield field


def asked(desk: Desk, kind: str, document_state: str, state: str) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        make(desk, session, kind, document_state)
        document = session.connection().execute(select(table_of(KINDS[kind].table).c.id)).scalar_one()
        values: dict[str, Any] = {
            "subject": kind, "document_id": document, "document": NUMBER, "document_version": 1,
            "occasion": "account_order", "rule": "ORD-5", "role": ASKED, "text": "", "due_at": desk.now(),
        }  # fmt: skip
        asker = as_role(desk, "agent", login=ASKER)
        session.connection().execute(insert(APPROVAL), stamps(asker, state) | values)

    return work


def become(desk: Desk, kind: str, field: Field) -> tuple[str, str, str]:
    """Do it, and return by which rule it was refused, and where the document and its approval are."""
    rule = ""
    try:
        VERBS[field.verb](as_role(desk, field.role, login=field.login), kind)
    except Refused as refused:
        rule = refused.rule
    with desk.reading() as session:
        states = [session.connection().execute(select(table.c.state)).scalar_one() for table in tables(kind)]
    return rule, states[0], states[1]


def tables(kind: str) -> tuple[Any, Any]:
    return table_of(KINDS[kind].table), APPROVAL


def forget(desk: Desk, kind: str) -> None:
    document, approval = tables(kind)
    every = reversed(document.metadata.sorted_tables)
    of_it = [each for each in every if any(key.column.table is document for key in each.foreign_keys)]
    gone = (table_of(Timeline), *of_it, document, approval)
    desk.database.write(lambda session: [session.connection().execute(delete(table)) for table in gone])


@pytest.mark.parametrize("kind", DECIDED)
def test_whoever_is_not_asked_or_asked_themselves_changes_nothing(desk: Desk, kind: str) -> None:
    a_customer(desk)
    state = "review" if kind == "order" else "asked"
    desk.database.write(asked(desk, kind, state, "waiting"))
    for field in fields(allowed=False):
        put = update(APPROVAL).values(state=field.state)
        desk.database.write(lambda session, put=put: session.connection().execute(put))
        assert become(desk, kind, field) == (field.refused(), state, field.state), field


def test_whoever_is_asked_decides_an_order(desk: Desk) -> None:
    a_customer(desk)
    expected = {
        "grant": ("", "confirmed", "granted"),
        "deny": ("", "rejected", "denied"),
        "withdraw": ("ORD-13", "review", ""),  # an order stands with its approvals
    }
    for field in fields(allowed=True):
        desk.database.write(asked(desk, "order", "review", field.state))
        rule, state, approval = expected[field.verb]
        assert become(desk, "order", field) == (rule, state, approval or field.state), field
        forget(desk, "order")


def test_only_roles_that_may_approve_are_asked() -> None:
    assert ASKED in APPROVERS
    assert {verb.name: verb.roles for verb in APPROVAL_FLOW.verbs}["grant"] == APPROVERS
