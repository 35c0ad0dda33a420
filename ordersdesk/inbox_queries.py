"""The inbox: which states of which documents wait for whom, so that no numbered document sinks (ORD-16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select
from sqlmodel import Session

from ordersdesk.delivery.model.flow import BACK, CARE, CASH, OFFICE, ROAD, STORE
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.policy.roles import APPROVERS, DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_
from ordersdesk.kinds import KINDS
from ordersdesk.orders.payments.awaiting_queries import waits_for_money
from ordersdesk.orders.terms.flow import CASHIERS

# Who looks after everybody's orders; all others see their own.
OVERSEERS = OFFICE | {Role.BRANCH_GM, Role.DISPATCHER}
# Whom an order in review concerns: who takes orders and who answers for them, not the store and the vans.
REVIEWERS = DESK_ROLES | APPROVERS


@dataclass(frozen=True)
class Waiting:
    """States of a kind that wait for somebody with one of the roles, and what such a line is called."""

    kind: str
    states: tuple[str, ...]
    title: str
    roles: frozenset[str]
    only: Callable[[Desk, Table], ColumnElement[bool]] | None = None
    piled: bool = False
    """Told as one line with a count: there may be hundreds, and a board of its own lists them."""
    unpaid: bool = False
    """What is missing is money: the order book lists them, not the board of the vans."""


def _not_on_slips(_desk: Desk, order: Table) -> ColumnElement[bool]:
    return order.c.delivery.not_in(("allocated", "released", "delivered")) & order.c.from_history.is_(False)


def _unpaid(desk: Desk, order: Table) -> ColumnElement[bool]:
    return waits_for_money(desk.policy, order) & (order.c.delivery != "delivered")


def _handed_over(_desk: Desk, order: Table) -> ColumnElement[bool]:
    return (order.c.delivery == "delivered") & order.c.from_history.is_(False)


INBOX = (
    Waiting("call", ("open", "parked"), N_("Unfinished"), DESK_ROLES),
    Waiting("approval", ("waiting",), N_("Approvals"), APPROVERS),
    Waiting("change", ("asked",), N_("Approvals"), APPROVERS),
    Waiting("credit", ("asked",), N_("Approvals"), APPROVERS),
    Waiting("order", ("review",), N_("In review"), REVIEWERS),
    Waiting("order", ("rejected",), N_("Rejected"), DESK_ROLES),
    Waiting("order", ("draft",), N_("Pulled back"), DESK_ROLES),
    Waiting("order", ("confirmed",), N_("To allocate"), OFFICE, only=_not_on_slips, piled=True),
    Waiting("order", ("confirmed",), N_("Money awaited"), CASHIERS, only=_unpaid, piled=True, unpaid=True),
    Waiting("order", ("confirmed",), N_("Delivered, not paid"), CASHIERS, only=_handed_over, piled=True, unpaid=True),
    Waiting("slip", ("made",), N_("To print"), OFFICE, piled=True),
    Waiting("slip", ("printed",), N_("To pick"), STORE, piled=True),
    Waiting("slip", ("picked",), N_("To load"), ROAD, piled=True),
    Waiting("slip", ("loaded",), N_("On the road"), BACK),
    Waiting("route", ("made",), N_("To depart"), ROAD),
    Waiting("route", ("departed",), N_("On the road"), CASH),
    Waiting("exception", ("noted",), N_("Trouble"), CARE),
    Waiting("exception", ("told", "claimed"), N_("Trouble"), ROAD | CASH),
)
# What no person sees: states a document passes through within one transaction, yeses whose turn has not come, and
# what is over and opens again only by itself.
PASSED_THROUGH = {
    ("order", "entered"),
    ("order", "closed"),
    ("change", "draft"),
    ("credit", "draft"),
    ("approval", "later"),
}


@dataclass(frozen=True)
class Pile:
    """How many documents wait in one line of the inbox, and the oldest of them."""

    waiting: Waiting
    count: int
    oldest: str
    since: datetime


def piles(desk: Desk) -> list[Pile]:
    """Return what waits for the user's roles and is told with a count, in the order of the inbox."""
    with desk.reading() as session:
        found = [_pile(desk, session, one) for one in INBOX if one.piled and one.roles & desk.user.roles]
    return [pile for pile in found if pile]


def _pile(desk: Desk, session: Session, one: Waiting) -> Pile | None:
    table = table_of(KINDS[one.kind].table)
    chosen = (table.c.branch == desk.branch) & table.c.state.in_(one.states)
    chosen = chosen & one.only(desk, table) if one.only else chosen
    count, first = session.connection().execute(select(func.count(), func.min(table.c.id)).where(chosen)).one()
    if not count:
        return None
    row = session.connection().execute(select(table.c.number, table.c.created_at).where(table.c.id == first)).one()
    return Pile(one, count, row.number, row.created_at)


def whose(desk: Desk) -> str:
    """Return the agent whose orders the user sees: the user, or nobody in particular for overseers."""
    return "" if desk.user.roles & OVERSEERS else desk.user.login
