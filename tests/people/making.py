"""People who really sign in, and acts of theirs that are proven, said in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.documents.document import Happening, timeline
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people import actions, queries
from ordersdesk.people.queries import proven
from ordersdesk.people.token_actions import Issued, Place, issue

PASSWORD = "a long password"
HERE, THERE = Place("here", "till-1"), Place("there", "till-2")


def proving(desk: Desk) -> Desk:
    """The desk with the program itself at it, where every actor is proven."""
    return replace(desk, proof=proven, user=SYSTEM)


def a_user(desk: Desk, login: str, *roles: str, group: str = "") -> Desk:
    """Somebody new, signed in by password."""
    boss = proving(desk)
    name = login.title()
    actions.add_user(boss, login=login, name=name, roles=roles or ("agent",), password=PASSWORD, group=group)
    return signed_in(desk, login)


def signed_in(desk: Desk, login: str, password: str = PASSWORD) -> Desk:
    """Somebody who comes in by password."""
    return actions.sign_in(proving(desk), login=login, password=password)


def a_token(desk: Desk, login: str, place: Place = HERE) -> Issued:
    """A sign-in of the command line."""
    return issue(signed_in(desk, login), place)


def refused(act: object, *args: object, **values: object) -> Refused:
    """Return what an act is refused with."""
    with pytest.raises(Refused) as no:
        act(*args, **values)  # type: ignore[operator]
    return no.value


def later(desk: Desk, **by: float) -> None:
    """Let time pass."""
    desk.clock.advance(timedelta(**by))  # type: ignore[attr-defined]


def story(desk: Desk, login: str) -> list[Happening]:
    """What happened to a user."""
    with desk.reading() as session:
        found = queries.account(session, login)
        assert found is not None
        return timeline(session, "user", found.id)


def roles_of(desk: Desk, login: str) -> tuple[str, ...]:
    """What a user may do now."""
    return next(one.roles for one in queries.accounts(desk) if one.login == login)
