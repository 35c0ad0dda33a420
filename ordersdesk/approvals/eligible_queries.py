"""Who may answer what: a role's approvals, a leader's of their own group, a manager's for leaders (USR-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, bindparam, or_
from sqlmodel import Session

from ordersdesk.approvals.tables import Approval
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.policy.roles import GROUPS, Role
from ordersdesk.people.queries import Account, accounts_within

APPROVAL = table_of(Approval)
NOBODY = "-"  # no login and no group: a list of a statement is never empty
ANY_GROUP = ("", *GROUPS)


class Answerable(Protocol):
    """What eligibility looks at of an approval."""

    @property
    def role(self) -> str:
        """Whose yes it is."""
        ...

    @property
    def group(self) -> str:
        """Of which group a leader is asked."""
        ...

    @property
    def created_by(self) -> str:
        """Who asked."""
        ...


@dataclass(frozen=True)
class Eligible:
    """What somebody may answer: approvals of these roles; of leaders' those of some groups or asked by some people."""

    roles: frozenset[str]
    groups: frozenset[str]
    askers: frozenset[str]

    def may(self, one: Answerable) -> bool:
        """Tell whether an approval is theirs to answer; whether they asked for it themselves is another question."""
        if one.role not in self.roles:
            return False
        return one.role != Role.LEADER or one.group in self.groups or one.created_by in self.askers

    def values(self) -> Mapping[str, Any]:
        """Return the lists of `LEADERS` for a statement."""
        return {"groups": sorted(self.groups) or [NOBODY], "askers": sorted(self.askers) or [NOBODY]}


LEADERS: ColumnElement[bool] = or_(
    APPROVAL.c.role != Role.LEADER.value,
    APPROVAL.c.group.in_(bindparam("groups", expanding=True)),
    APPROVAL.c.created_by.in_(bindparam("askers", expanding=True)),
)
LISTS = ("groups", "askers")


def eligible(desk: Desk, session: Session) -> Eligible:
    """Return what the user may answer.

    A leader answers for their own group, and where no group was said. A manager stands in for leaders always, or
    where no leader is left to ask: the group has none, or the only one asked for it, as the policy says.
    """
    user = desk.user
    groups = {"", user.group} if Role.LEADER in user.roles else set[str]()
    if Role.MANAGER not in user.roles:
        return Eligible(user.roles, frozenset(groups), frozenset())
    if desk.policy.approvals.manager_stands_in == "always":
        return Eligible(user.roles | {Role.LEADER}, frozenset(ANY_GROUP), frozenset())
    led = leaders(accounts_within(session))
    groups |= {group for group in ANY_GROUP if not led[group]}
    alone = frozenset(found[0].login for found in led.values() if len(found) == 1)
    return Eligible(user.roles | {Role.LEADER}, frozenset(groups), alone)


def leaders(people: Iterable[Account]) -> dict[str, list[Account]]:
    """Return who leads each group; where no group was said, every leader answers."""
    found: dict[str, list[Account]] = {group: [] for group in ANY_GROUP}
    for one in people:
        if one.is_active and Role.LEADER in one.roles:
            for group in {"", one.group} & set(ANY_GROUP):
                found[group].append(one)
    return found
