"""What waits for whom, as data: each room says it of its kinds, home tells it (ORD-16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import Role

# Who looks after everybody's orders; all others see their own.
OVERSEERS = frozenset({Role.ORDER_GROUP, Role.LEADER, Role.MANAGER, Role.BRANCH_GM, Role.DISPATCHER})


def whose(desk: Desk) -> str:
    """Return the agent whose orders the user sees: the user, or nobody in particular for overseers."""
    return "" if desk.user.roles & OVERSEERS else desk.user.login


@dataclass(frozen=True)
class Waiting:
    """States of a kind that wait for somebody with one of the roles, and what such a line is called (N_)."""

    states: tuple[str, ...]
    title: str
    roles: frozenset[str]
    kind: str = ""
    """Which kind; said where all of them are listed."""
    only: Callable[[Desk, Table], ColumnElement[bool]] | None = None
    why: Callable[[Any], str] | None = None
    """What is to be done with one, in words; without it the line says its state."""
    tone: str = ""
    piled: bool = False
    """Told as one line with a count: there may be hundreds, and a board of its own lists them."""
    unpaid: bool = False
    """What is missing is money: the order book lists them, not the board of the vans."""
