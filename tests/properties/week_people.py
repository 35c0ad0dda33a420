"""People of the weeks: each signs in, some are dismissed or signed out meanwhile, and those try to go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from ordersdesk import deciding
from ordersdesk.changing import paid
from ordersdesk.customers.records.actions import block
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.dismissing import dismiss
from ordersdesk.foundation.desk import NOBODY, SYSTEM, Actor, Desk
from ordersdesk.foundation.policy.roles import MACHINES, Role
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.review.standing_actions import merge
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.people.account_actions import end_sign_ins
from ordersdesk.people.actions import NewUser, add_users_within
from ordersdesk.people.queries import account
from tests.properties.desk_life import DeskLife
from tests.properties.proofs import fingerprint
from tests.properties.road_life import OnTheRoad
from tests.properties.week_proofs import Watch

CLOSURES = frozenset({date(2026, 11, 25), date(2026, 12, 3), date(2027, 1, 4)})
APPROVING = ("leader", "manager", "branch_gm", "finance", "legal")
# Whoever does something in the weeks; each is somebody else.
PEOPLE: dict[str, tuple[str, ...]] = {
    "lin": ("agent",), "wang": ("agent",), "mei": ("manager", "planning", "leader"), "root": ("admin",),
    "boss-of-1": ("leader",), "boss-of-2": ("leader", "manager"), "boss-of-3": ("leader", "manager", "branch_gm"),
    "quan": tuple(role for role in Role if role not in MACHINES), "cron": ("timer",),
    **{f"a-{role}": (role,) for role in APPROVING},
}  # fmt: skip
STAYING = ("root", "cron")


class PeopleWhoSignIn(OnTheRoad):
    """Whoever acts is a user of the desk, and everybody's acts are looked at one by one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.watch = Watch(desk, CLOSURES)
        self.now_called = {login: login for login in PEOPLE}
        self.left: list[Desk] = []  # desks at which somebody sits who is not signed in any more

    def come_to_work(self) -> None:
        """Let everybody have an account, and nobody who sits at these desks be who they say."""
        self.hire([NewUser(login, login, roles) for login, roles in PEOPLE.items()])
        self.left = [self.desk.signed_in(NOBODY), self.desk.signed_in(Actor(99, "lin", "Lin", frozenset(Role)))]
        self.sit_down()

    def hire(self, users: list[NewUser]) -> None:
        """Add people who may sign in."""
        boss = self.desk.signed_in(SYSTEM)
        self.desk.database.write(lambda session: add_users_within(boss, session, users, password="any"))

    def at_work(self, *roles: str, login: str = "mei") -> Desk:
        """The desk of whoever has the place of somebody now."""
        with self.desk.reading() as session:
            found = account(session, self.now_called[login])
        assert found is not None
        assert set(roles) <= set(found.roles)
        return self.desk.signed_in(found.actor())

    def sit_down(self) -> None:
        """Let whoever has the place of the first agent sit at the desk."""
        self.desk = self.at_work(login="lin")

    @property
    def staff(self) -> Desk:
        return self.at_work(login="quan")

    @rule(place=st.sampled_from([login for login in PEOPLE if login not in STAYING]), stays=st.booleans())
    def somebody_is_dismissed_or_signed_out(self, place: str, stays: bool) -> None:
        gone, root = self.at_work(login=place), self.at_work(login="root")
        if stays:
            end_sign_ins(root, gone.user.login)
        else:
            self.now_called[place] = f"{place}.{self.fresh()}"
            self.hire([NewUser(self.now_called[place], "heir", PEOPLE[place])])
            dismiss(root, gone.user.login, to=self.now_called[place], reason="moved away")
        self.left.append(gone)
        self.sit_down()
        self.watch.look()

    @rule(number=DeskLife.numbers, place=st.integers(0, 9), what=st.integers(0, 5))
    def somebody_acts_who_is_not_signed_in(self, number: str, place: int, what: int) -> None:
        stranger = self.left[-1 - place % len(self.left)]
        acts: tuple[Callable[[], object], ...] = (
            lambda: submit(stranger, Draft(key=f"bad-{self.fresh()}", customer="C000001")),
            lambda: deciding.grant(stranger, "order", number, seen_version=1),
            lambda: paid(stranger, number, Received(Decimal(1))),
            lambda: allocate(stranger, Order(numbers=(number,))),
            lambda: block(stranger, 1, reason="unpaid"),
            lambda: merge(stranger, kept_id=1, merged_id=3),
        )
        before = fingerprint(self.desk.database)
        with pytest.raises(Refused) as no:
            acts[what]()
        assert no.value.rule in ("USR-1", "USR-7"), no.value
        assert fingerprint(self.desk.database) == before

    # --- what must hold

    def acted(self) -> None:
        self.watch.look()
