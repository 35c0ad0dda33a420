"""Work areas come back as they were left, and are closed to whoever has not signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from ordersdesk.foundation.time.clock import FixedClock
from screens.forms.finder import Finder
from screens.ground.areas import DOOR
from screens.ground.theme import LIGHT
from screens.widgets.status import StatusLine
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import Intake, ToyApp


def app(pilot: Pilot[int]) -> ToyApp:
    assert isinstance(pilot.app, ToyApp)
    return pilot.app


async def test_an_area_comes_back_with_what_was_typed_and_the_cursor_where_it_was(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter>Road 5<Enter>3")
    await type_keys(pilot, "<F6>")
    await wait_for(pilot, "SO000000")
    await type_keys(pilot, "<F3>")
    await wait_for(pilot, "13801 [@click=app.quit]Quit[/] Ltd", "Road 5")
    await type_keys(pilot, "4<Enter>")
    await wait_for(pilot, "408 pieces")


async def test_two_calls_stand_side_by_side(pilot: Pilot[int]) -> None:
    desk = app(pilot)
    for call, digits in (("call-1", "13801"), ("call-2", "13803")):
        desk.offer_area(call, Intake)
        await desk.go_to(call)
        await type_keys(pilot, digits)
    await desk.go_to("call-1")
    assert desk.screen.query_one(Finder).text == "13801"
    await desk.close_area("call-1")
    assert (desk.area, desk.screen.query_one(Finder).text) == ("call-2", "13803")


async def test_an_area_that_was_closed_begins_anew(pilot: Pilot[int]) -> None:
    desk = app(pilot)
    await type_keys(pilot, "<F2>13801")
    await desk.close_area("intake")
    assert (desk.area, desk.has_area("intake")) == ("home", False)
    desk.offer_area("intake", Intake)
    await type_keys(pilot, "<F2>")
    assert desk.screen.query_one(Finder).text == ""


async def test_leaving_goes_back_the_way_one_came_and_stops_at_the_first(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2><F6><F2><F3>")
    assert app(pilot).area == "book"
    await type_keys(pilot, "<F3><F3>")
    assert app(pilot).area == "home"
    await wait_for(pilot, "F3 (Leave) does nothing here.")


async def test_esc_puts_help_away_before_it_leaves(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2><F1>")
    await wait_for(pilot, "Type the beginning of the number.")
    await type_keys(pilot, "<Esc>")
    await wait_until(pilot, lambda: "beginning of the number" not in screen_text(pilot.app))
    assert app(pilot).area == "intake"
    await type_keys(pilot, "<Esc>")
    assert app(pilot).area == "home"


async def test_nobody_gets_past_the_door_by_keys(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Ctrl+O>")
    assert app(pilot).area == DOOR
    for key in ("<F2>", "<F3>", "<F6>", "<Esc>", "<F12>"):
        await type_keys(pilot, key)
        assert app(pilot).area == DOOR


async def test_unlocking_goes_back_to_the_same_place(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Ctrl+O>")
    await type_keys(pilot, "li<Enter>pw<Enter>9")
    assert (app(pilot).area, app(pilot).screen.query_one(Finder).text) == ("intake", "138019")


async def test_an_idle_desk_locks_itself(pilot: Pilot[int]) -> None:
    desk = app(pilot)
    desk.lock_after = timedelta(minutes=10)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(minutes=9))
    await desk.lock_when_idle()
    assert desk.area == "home"
    desk.clock.advance(timedelta(minutes=1))
    await desk.lock_when_idle()
    assert desk.area == DOOR


async def test_keys_kept_aside_do_not_survive_the_lock(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter>Road<Enter>x<Enter>secret")
    await wait_for(pilot, "kept: secret")
    await app(pilot).action_lock()
    assert app(pilot).kept_keys == ""


async def test_keys_kept_aside_do_not_go_along_to_another_area(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter>Road<Enter>x<Enter>5<Enter>")
    await wait_for(pilot, "kept: 5⏎")
    await type_keys(pilot, "<F6><F3>")
    assert (app(pilot).kept_keys, "kept:" in screen_text(app(pilot))) == ("", False)


async def test_a_message_does_not_wait_for_whoever_comes_back(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter><F4>")
    await wait_for(pilot, "F4 (Choices) does nothing here.")
    await type_keys(pilot, "<F6><F3>")
    assert "does nothing" not in screen_text(app(pilot))


async def test_a_message_in_the_language_before_goes_with_it(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13801<Enter><F4><Ctrl+L>")
    assert app(pilot).screen.query_one(StatusLine).message == ""


async def test_a_new_area_is_styled_without_parsing_all_styles_again(
    pilot: Pilot[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[object] = []
    monkeypatch.setattr(Stylesheet, "reparse", parsed.append)
    await type_keys(pilot, "<F6>")
    await wait_for(pilot, "SO000000")
    assert parsed == []


async def test_an_area_that_was_left_in_the_dark_comes_back_in_the_light(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F6>")
    await wait_for(pilot, "SO000000")
    await type_keys(pilot, "<F2>")
    app(pilot).action_theme()
    await type_keys(pilot, "<F6>")
    await wait_for(pilot, "SO000000")
    assert app(pilot).screen.background_colors[1] == Color.parse(str(LIGHT.background))
