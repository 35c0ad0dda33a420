"""The lines at the top and for messages: what matters is never cut off, and nothing sticks together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from screens.forms.field import Field
from screens.shell.app import DeskApp
from screens.widgets.status import Facts, StatusLine
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import ToyApp


def app(pilot: Pilot[int]) -> DeskApp:
    assert isinstance(pilot.app, DeskApp)
    return pilot.app


async def test_a_long_refusal_takes_a_second_line_and_gives_it_back(pilot: Pilot[int]) -> None:
    line = pilot.app.screen.query_one(StatusLine)
    app(pilot).say("The lines of this order are more than the customer may owe. " * 2 + "Ask the manager.", "refused")
    await wait_until(pilot, lambda: line.size.height == 2)
    await wait_for(pilot, "Ask the manager.", "F2 New order")
    app(pilot).say("")
    await wait_until(pilot, lambda: line.size.height == 1)


async def test_a_message_is_broken_between_chinese_characters_and_never_taller_than_three_lines(
    pilot: Pilot[int],
) -> None:
    line = pilot.app.screen.query_one(StatusLine)
    app(pilot).say("这张订单超过客户的信用额度" * 20, "warn")
    await wait_until(pilot, lambda: line.size.height == 3)
    drawn = line.render().plain.split("\n")
    assert [(cell_len(part), part.rstrip()[-1:] == "…") for part in drawn] == [(78, False), (78, False), (78, True)]


async def test_a_long_note_is_cut_and_keeps_off_the_text_beside_it(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F2>13800<Enter>Road 5<Enter>")
    field = pilot.app.screen.query_one("#field-boxes", Field)
    field.note("上海市嘉定区安亭镇墨玉南路八百八十八号十二楼办公用品仓库收货处" * 2)
    await wait_for(pilot, "上海市嘉定区", "…")
    row = next(text for text in screen_text(pilot.app).split("\n") if text.startswith(" Boxes"))
    assert " 上海市" in row


async def test_the_top_line_keeps_a_gap_before_who_sits_there(tmp_path: Path) -> None:
    desk = ToyApp(tmp_path)
    desk.facts = Facts(
        who=lambda: "刘建国", branch=lambda: "上海分公司", time=lambda: "周一 10:00", wave=lambda: "下一波 12:00 " * 9
    )
    async with desk.run_test(size=(80, 24)):
        assert re.search(r"下一波 … +刘建国", screen_text(desk).split("\n")[0])


@pytest.mark.parametrize("width", [80, 120])
async def test_the_kept_keys_stand_beside_the_first_line(tmp_path: Path, width: int) -> None:
    desk = ToyApp(tmp_path)
    async with desk.run_test(size=(width, 24)) as pilot:
        desk.screen.query_one(StatusLine).keep("5⏎")
        desk.say("This was refused for a reason that takes its time to say. Then what mends it. " * 2, "refused")
        await wait_for(pilot, "kept: 5⏎", "This was refused")
        first = next(text for text in screen_text(desk).split("\n") if "kept:" in text)
        assert "This was refused" in first
