"""Nobody writes by a clock that cannot be right, and nothing a wrong clock wrote outlives real time (DB-8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ordersdesk.calls.actions import answer as a_call
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock, SystemClock
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.changes.regret_actions import seconds_left
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.promise.waves import Wave, closes_in
from ordersdesk.people.actions import add_user, sign_in
from ordersdesk.people.clock_actions import clocks, confirm_clock
from ordersdesk.people.rules import is_locked
from tests.builders import a_customer, a_draft, an_item, as_role, hold, release_lapsed

PASSWORD = "paper-clip"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A desk with a customer, an item and an order."""
    a_customer(desk)
    an_item(desk, stock=100)
    submit(desk, a_draft(("A4-80", 5)))
    return desk


def again(desk: Desk) -> str:
    """Take one more order; say by which rule it is refused."""
    try:
        return submit(desk, a_draft(("A4-80", 7), key=f"{desk.now()}", accepted=("ORD-4:double",))).state
    except Refused as no:
        return no.rule


@pytest.mark.parametrize(
    ("jump", "outcome"),
    [
        (timedelta(minutes=-30), "ORD"),
        (timedelta(minutes=-30, seconds=-1), "DB-8"),
        (timedelta(days=60), "ORD"),
        (timedelta(days=60, seconds=1), "DB-8"),
        (datetime(1969, 7, 20, tzinfo=UTC) - datetime(2026, 11, 23, 2, tzinfo=UTC), "DB-8"),
        (timedelta(days=365 * 30), "DB-8"),
    ],
)
def test_a_clock_that_jumped_writes_nothing(ready: Desk, clock: FixedClock, jump: timedelta, outcome: str) -> None:
    clock.advance(jump)
    found = again(ready)
    assert (found if outcome == "DB-8" else outcome) == outcome
    assert (found == "DB-8", clocks(ready).is_wrong) == (outcome == "DB-8", outcome == "DB-8")


def test_an_administrator_may_say_that_it_is_right(ready: Desk, clock: FixedClock) -> None:
    clock.advance(timedelta(days=90))
    with pytest.raises(Refused, match="say that the clock is right"):
        confirm_clock(ready)
    confirm_clock(as_role(ready, "admin"))
    assert (again(ready), clocks(ready).is_wrong) != ("DB-8", True)
    clock.advance(timedelta(days=-90))
    assert again(ready) == "DB-8"
    confirm_clock(as_role(ready, "admin"))
    assert again(ready) != "DB-8"


class TurnedClock(SystemClock):
    """The machine's clock, so much off."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


def turned(desk: Desk, **by: float) -> Desk:
    """The same desk on a machine whose clock is so much off."""
    return replace(desk, clock=TurnedClock(timedelta(**by)))


def answer_of(desk: Desk) -> tuple[str, bool]:
    """By which rule a desk may not write, and whether the sentence names the server."""
    try:
        a_call(desk, key=f"{desk.now()}")
    except Refused as no:
        return no.rule, "server" in no.message
    return "", False


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("minutes", "is_refused"), [(29, False), (31, True), (-29, False), (-31, True)])
def test_a_server_judges_the_clocks_of_desks_also_while_the_book_is_empty(
    desk: Desk, minutes: int, *, is_refused: bool
) -> None:
    off = turned(desk, minutes=minutes)
    assert answer_of(off) == (("DB-8", True) if is_refused else ("", False))
    assert clocks(off).is_wrong == is_refused


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_administrator_may_say_that_a_clock_is_right_and_the_servers_is_not(desk: Desk) -> None:
    off = turned(desk, hours=5)
    confirm_clock(as_role(off, "admin"))
    assert [answer_of(off), answer_of(turned(desk, hours=5, minutes=29))] == [("", False)] * 2
    assert answer_of(turned(desk, hours=5, minutes=31)) == ("DB-8", True)


def test_one_comes_in_by_any_clock(ready: Desk, clock: FixedClock) -> None:
    add_user(as_role(ready, "admin"), login="lin", name="Lin", roles=["agent"], password=PASSWORD)
    clock.advance(timedelta(days=9999))
    assert sign_in(ready, login="lin", password=PASSWORD).user.login == "lin"


@pytest.mark.parametrize(("minutes", "ends"), [(29, False), (31, True), (60 * 24 * 365, True)])
def test_a_hold_of_a_clock_that_was_ahead_ends(ready: Desk, clock: FixedClock, minutes: int, *, ends: bool) -> None:
    clock.advance(timedelta(minutes=minutes))
    hold(ready, holder="ahead", item_id=1, quantity=3)
    clock.advance(-timedelta(minutes=minutes))
    assert release_lapsed(ready) == (3 if ends else 0)


def test_a_lock_and_a_moment_of_regret_last_no_longer_than_the_policy_says(desk: Desk) -> None:
    now = desk.now()
    locks = [now, now + timedelta(days=1), now + timedelta(days=1, seconds=1)]
    assert [is_locked(until, desk) for until in locks] == [False, True, False]
    seconds = [seconds_left(desk, now + timedelta(seconds=ahead)) for ahead in (-60, -59, 0, 59, 61, 9999)]
    assert seconds == [0, 1, 60, 1, 0, 0]


@pytest.mark.parametrize(("night", "left"), [("2026-03-29", "5 h 30 min"), ("2026-10-25", "7 h 30 min")])
def test_a_wave_across_a_change_of_clocks_waits_as_long_as_it_does(policy: Policy, night: str, left: str) -> None:
    berlin = policy.model_copy(update={"branch": policy.branch.model_copy(update={"time_zone": "Europe/Berlin"})})
    now = datetime.fromisoformat(f"{night}T01:00").replace(tzinfo=Calendar(berlin).zone)
    wave = Wave(now.date(), "07:30")
    assert left in closes_in(wave, wave.moment(now), now)
