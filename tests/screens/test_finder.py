"""Enter takes the answer to what was typed, never an older one; a failed or empty search says so."""

from __future__ import annotations

from textual.pilot import Pilot

from screens.forms.finder import Finder
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import ToyApp


def finder(pilot: Pilot[int]) -> Finder:
    return pilot.app.screen.query_one(Finder)


def slow(pilot: Pilot[int], seconds: float) -> None:
    assert isinstance(pilot.app, ToyApp)
    pilot.app.slowness = seconds


async def test_the_list_follows_what_is_typed(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>138")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 6)
    await type_keys(pilot, "03")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 1)
    await type_keys(pilot, "<Backspace><Backspace><Backspace><Backspace><Backspace>")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 0)


async def test_enter_waits_for_the_answer_to_the_whole_text(pilot: Pilot[int]) -> None:
    slow(pilot, 0.05)
    await type_keys(pilot, "<F2>13803<Enter>Road 5")
    await wait_for(pilot, "13803 上海办公用品有限公司浦东分公司", "Road *          Road 5")


async def test_a_correction_is_searched_again_before_enter_takes_a_row(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13803")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 1)
    slow(pilot, 0.05)
    await type_keys(pilot, "<Backspace>1<Enter>")
    await wait_for(pilot, "13801 [@click=app.quit]Quit[/] Ltd")


async def test_back_to_the_answered_text_drops_the_question_in_between(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>1380")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 6)
    slow(pilot, 0.05)
    await type_keys(pilot, "9<Backspace>")
    await type_keys(pilot, "<Enter>")
    await wait_for(pilot, "13800 Wang [/] Trading")


async def test_arrows_choose_without_leaving_the_field(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>138")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 6)
    await type_keys(pilot, "<Down><Down><Up><Enter>")
    await wait_for(pilot, "13801 [@click=app.quit]Quit[/] Ltd")


async def test_a_click_takes_a_row(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>138")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 6)
    await pilot.click("Finder Lines", offset=(4, 2))
    await pilot.click("Finder Lines", offset=(4, 2))
    await wait_for(pilot, "13801 [@click=app.quit]Quit[/] Ltd")


async def test_enter_on_what_nobody_is_called_hands_the_text_on(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>99999<Enter>Road 5")
    await wait_for(pilot, "nobody: 99999", "Road *          Road 5", "Nothing found")


async def test_a_search_that_fails_says_so_and_keeps_what_was_typed_behind_it(pilot: Pilot[int]) -> None:
    slow(pilot, 0.1)
    await type_keys(pilot, "<F2>error<Enter>Road")
    await wait_for(pilot, "The search failed: ValueError", "kept: Road")
    assert finder(pilot).text == "error"


async def test_esc_puts_the_list_away_and_keeps_the_text(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>138")
    await wait_until(pilot, lambda: finder(pilot).lines.total == 6)
    await type_keys(pilot, "<Esc>")
    assert (finder(pilot).text, finder(pilot).lines.total) == ("138", 0)
    await type_keys(pilot, "<Enter>")
    await wait_for(pilot, "13800 Wang [/] Trading")


async def test_names_are_text_and_never_run(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>138")
    await wait_for(pilot, "Wang [/] Trading", "[@click=app.quit]Quit[/] Ltd", "␛[31mRed␛[0m ␇Bell")
    assert "\u202e" not in screen_text(pilot.app)
