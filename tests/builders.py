"""Builders: what a test needs and no more, said in one line."""

from __future__ import annotations

from ordersdesk.foundation.desk import Actor, Desk


def as_role(desk: Desk, *roles: str, login: str = "mei") -> Desk:
    """The same desk with somebody else at it."""
    return desk.signed_in(Actor(id=2, login=login, name=login.title(), roles=frozenset(roles)))
