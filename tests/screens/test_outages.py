"""While the database or the disk does not do its part, the call stays, and what can be done again is (DB-5)."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout
from textual.pilot import Pilot

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.outages import AWAY, replaced, unknown_outcome
from ordersdesk.foundation.texts.refusals import Outage
from ordersdesk.orders.book.queries import Filter, page
from screens.intake.call.journal import Journal
from screens.seat.desk import OrderDesk
from screens.seat.door import DoorScreen
from screens.seat.session import Opened
from screens.start import with_screens
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.intake import at_the_intake, furnished, intake
from tests.screens.seated import a_user, desk_of, seated, sign_in

ORDER = "明远<Enter>A4-80<Enter>5<Enter>"


class Away:
    """A database that does not answer until it is back."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_on = True
        self._act = database._patiently
        monkeypatch.setattr(database, "_patiently", self)
        self._database = database

    def __call__(self, act: Any) -> Any:
        if self.is_on:
            self._database.trouble = away()
            raise away()
        return self._act(act)


def away() -> Outage:
    return Outage("DB-5", AWAY[0], mend=AWAY[1], passes=True)


def orders(desk: Desk) -> int:
    return len(page(desk, Filter(), offset=0, limit=9))


async def come_back(pilot: Pilot[int], lost: Away) -> None:
    """The database answers; the desk finds that out by knocking."""
    lost.is_on = False
    watch = desk_of(pilot)._watch
    assert watch is not None
    await wait_until(pilot, lambda: watch.look() or not watch._was_away)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_order_confirmed_while_the_database_is_away_is_made_when_it_is_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, ORDER)
        lost = Away(desk.database, monkeypatch)
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "The database does not answer. All you typed stays", "A4-80")
        await come_back(pilot, lost)
        await wait_for(pilot, "SO20261123-0001 is confirmed")
        assert orders(desk) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_commit_nobody_answered_is_asked_again_under_its_key(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, ORDER)
        submit = intake(pilot).taking.submit

        def done_and_lost(work: Any, shown: Any) -> Any:
            submit(work, shown)
            monkeypatch.undo()
            desk.database.trouble = away()
            raise unknown_outcome()

        monkeypatch.setattr(intake(pilot).taking, "submit", done_and_lost)
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "it is not known whether this was done")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "SO20261123-0001 is confirmed")
        assert orders(desk) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_was_changed_meanwhile_is_not_confirmed_by_itself(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, ORDER)
        lost = Away(desk.database, monkeypatch)
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "All you typed stays")
        await type_keys(pilot, "PEN")
        await come_back(pilot, lost)
        await wait_for(pilot, "The database answers again.")
        assert (orders(desk), "PEN" in screen_text(pilot.app)) == (0, True)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_top_line_says_what_does_not_work(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(desk, tmp_path) as pilot:
        lost = Away(desk.database, monkeypatch)
        await type_keys(pilot, "<F6>")
        await wait_until(pilot, lambda: "The database does not answer." in screen_text(pilot.app).split("\n")[0])
        await come_back(pilot, lost)
        await wait_until(pilot, lambda: "does not answer" not in screen_text(pilot.app).split("\n")[0])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_long_outage_leaves_the_screen_its_name(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        desk.database.trouble = replaced()
        await wait_until(pilot, lambda: "was moved, deleted" in screen_text(pilot.app).split("\n")[0])
        assert screen_text(pilot.app).startswith(" Home ")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_once_and_the_call_goes_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_journal: Journal, _work: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        monkeypatch.setattr(Journal, "keep", full)
        await type_keys(pilot, "明")
        await wait_for(pilot, "What you type is not kept on the disk (the disk is full)")
        await type_keys(pilot, ORDER[1:] + "<F9>")
        await wait_for(pilot, "SO20261123-0001 is confirmed")


async def test_an_act_that_meets_a_full_disk_is_refused_and_ends_no_call(pilot: Pilot[int]) -> None:
    app: Any = pilot.app

    def save() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    app.run_errand(app.screen, save, what="saving", then=print)
    await wait_for(pilot, "The disk is full: nothing was written. (DB-5)")


async def test_a_handler_that_is_refused_by_the_machine_says_so_and_its_screen_lives(pilot: Pilot[int]) -> None:
    def refused() -> None:
        raise away()

    pilot.app.screen.call_later(refused)
    await wait_for(pilot, "The database does not answer. (DB-5)")
    await type_keys(pilot, "s")
    await wait_for(pilot, "verb: sing")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_desk_started_while_the_database_is_away_opens_by_itself(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_user(desk)
    is_back = threading.Event()

    def opening() -> Opened:
        if not is_back.is_set():
            raise away()
        return with_screens(desk)

    app = OrderDesk(opening, home=tmp_path, clock=desk.clock)
    monkeypatch.setattr("screens.seat.desk.KNOCK", 0.01)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, "The database does not answer. The desk tries again by itself.")
        await type_keys(pilot, "lin")  # what is said stays while one types
        assert "tries again by itself" in " ".join(screen_text(pilot.app).split())
        await type_keys(pilot, "<Backspace><Backspace><Backspace>")
        is_back.set()
        await wait_until(pilot, lambda: app.rooms is not None)
        await sign_in(pilot, "lin")
        assert not isinstance(app.screen, DoorScreen)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_whoever_signs_in_while_the_database_is_away_keeps_the_password_typed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_user(desk)
    app = OrderDesk(lambda: with_screens(desk), home=tmp_path, clock=desk.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.rooms is not None)
        lost = Away(desk.database, monkeypatch)
        await type_keys(pilot, "lin<Enter>paper-clip<Enter>")
        await wait_for(pilot, "The database does not answer.")
        lost.is_on = False
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: not app.is_at_door)


def test_a_server_that_is_away_is_known_to_the_database(desk: Desk) -> None:
    """The first failing knock is remembered, the first that goes well takes it away."""
    database = desk.database
    with pytest.raises(Outage), database._noticed():
        raise PoolTimeout("too many")
    before = database.trouble
    assert (before and before.message, database.answers(), database.trouble) == ("The database is busy.", True, None)
