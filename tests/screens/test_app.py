"""The application: it opens behind the door, saves off the screen's thread, and ends without showing anybody's data."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.foundation.texts.refusals import Refused
from screens.shell.app import DeskApp
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import AT, Door, Intake, ToyApp


async def test_the_door_is_painted_before_the_rooms_are_opened(tmp_path: Path) -> None:
    opening, seen = threading.Event(), []

    def start() -> str:
        seen.append(screen_text(app))
        assert opening.wait(20)
        return "rooms"

    app = ToyApp(tmp_path, start=start)
    async with app.run_test() as pilot:
        app.when_ready(lambda: seen.append("ready"))
        await type_keys(pilot, "li")
        await wait_for(pilot, "Name *          li")
        opening.set()
        await wait_until(pilot, lambda: app.rooms == "rooms" and seen[-1] == "ready")
        assert "Password" in seen[0]


async def test_the_desk_runs_its_tasks_in_one_order_on_every_python(tmp_path: Path) -> None:
    app, loop = ToyApp(tmp_path), asyncio.get_running_loop()

    async def look(pilot: Pilot[object]) -> None:
        await wait_for(pilot, "Password")
        app.exit(0 if loop.get_task_factory() is None else 1)

    assert await app.run_async(headless=True, auto_pilot=look) == 0


async def test_a_desk_that_may_not_open_says_why_at_the_door(tmp_path: Path) -> None:
    def start() -> None:
        raise Refused("DAY-2", "The database is of a newer version.", mend="Run: ordersdesk db upgrade")

    app = ToyApp(tmp_path, start=start)
    async with app.run_test(size=(100, 24)) as pilot:
        await wait_for(pilot, "The database is of a newer version. (DAY-2) Run: ordersdesk db upgrade")


async def test_a_save_holds_the_keyboard_and_tells_its_result(pilot: Pilot[int]) -> None:
    app, saved, gate = pilot.app, [], threading.Event()
    assert isinstance(app, DeskApp)

    def save() -> str:
        assert gate.wait(20)
        return threading.current_thread().name

    app.run_errand(app.screen, save, what="saving", then=saved.append)
    assert not app.is_at_rest
    gate.set()
    await wait_until(pilot, lambda: app.is_at_rest)
    assert [name.startswith("errand") for name in saved] == [True]


async def test_what_came_of_a_save_stays_when_the_note_of_its_wait_goes(pilot: Pilot[int]) -> None:
    app, gate = pilot.app, threading.Event()
    assert isinstance(app, DeskApp)
    app.run_errand(app.screen, lambda: gate.wait(20), what="saving", then=lambda _done: app.say("Saved."))
    app.simulate_key("f1")
    await wait_for(pilot, "Waiting for saving.")
    gate.set()
    await wait_for(pilot, "Type as fast as you like")
    assert "Saved." in screen_text(app)


async def test_a_refused_save_is_shown_and_keeps_what_was_typed_behind_it(pilot: Pilot[int]) -> None:
    app, gate = pilot.app, threading.Event()
    assert isinstance(app, DeskApp)

    def save() -> None:
        assert gate.wait(20)
        raise Refused("STK-2", "Only 3 left.", mend="Take fewer.")

    app.run_errand(app.screen, save, what="saving", then=print)
    for event in ("a", "b"):
        app.simulate_key(event)
    await wait_until(pilot, lambda: len(app._typed) == 2)
    gate.set()
    await wait_for(pilot, "Only 3 left. (STK-2) Take fewer.", "kept: ab")


async def test_the_language_changes_without_losing_what_is_typed(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter>Road 5<Ctrl+L>!")
    await wait_for(pilot, "Road 5!")


async def test_light_and_dark(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<Ctrl+Y>")
    assert pilot.app.theme == "desk-light"


async def test_quitting_with_work_open_asks_once(pilot: Pilot[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ToyApp, "quit_warning", lambda _self: "A call is open. Ctrl+Q again quits.")
    await type_keys(pilot, "<Ctrl+Q>")
    await wait_for(pilot, "A call is open. Ctrl+Q again quits.")
    await type_keys(pilot, "<F1><Ctrl+Q>")
    assert pilot.app.is_running
    pilot.app.simulate_key("ctrl+q")
    await wait_until(pilot, lambda: not pilot.app.is_running)


async def test_f1_twice_shows_all_keys(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F1><F1>")
    await wait_for(pilot, "All keys", "F1, ?", "New order", "everywhere")


async def test_a_notice_is_a_line_and_never_markup(pilot: Pilot[int]) -> None:
    pilot.app.notify("王[VIP]明 [/]")
    await wait_for(pilot, "王[VIP]明 [/]")


async def test_a_bug_ends_the_desk_with_a_report_and_nobodys_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Intake) -> None:
        customer = "Li Lei 13912345678"
        raise KeyError(len(customer))

    monkeypatch.setattr(Intake, "action_confirm", broken, raising=False)
    app = ToyApp(tmp_path)
    app.slowness = 0.0

    async def confirm() -> None:
        async with app.run_test() as pilot:
            await type_keys(pilot, "li<Enter>pw<Enter><F2>")
            app.simulate_key("f9")
            await wait_until(pilot, lambda: app.told_at_the_end)

    with pytest.raises(KeyError):
        await confirm()
    (report,) = tmp_path.glob("crash-*.txt")
    told = "".join(str(line) for line in app.told_at_the_end)
    assert (report.name, report.stat().st_mode & 0o777, app.return_code) == (f"crash-{AT:%Y%m%d-%H%M%S}.txt", 0o600, 1)
    assert "KeyError" in report.read_text(encoding="utf-8")
    assert "Li Lei" not in report.read_text(encoding="utf-8") + told
    assert "KeyError" in told
    assert str(report) in told


async def test_nothing_is_left_running_after_the_end(tmp_path: Path) -> None:
    before = {thread.name for thread in threading.enumerate()}
    app = DeskApp(Door, home=tmp_path)
    async with app.run_test():
        pass
    assert {thread.name for thread in threading.enumerate()} <= before
