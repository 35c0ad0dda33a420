"""The read-back on screen: what is said to the customer is never cut, and each sentence is ticked once (JOY-1)."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.app import App, ComposeResult

from screens.intake.readback import ReadBack
from tests.screens.acting import wait_for, wait_until

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ADDRESS = "送到上海市黄浦区复兴中路851号恒泰中心28楼04室，收货人谭辉，电话 021-55502703 转 853。"


class ReadingApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.ticked: list[str] = []

    def compose(self) -> ComposeResult:
        yield ReadBack(lambda: NOON)

    def on_read_back_done(self, event: ReadBack.Done) -> None:
        self.ticked = event.ticked


async def test_a_long_sentence_stands_whole_on_a_narrow_screen_and_is_ticked_once() -> None:
    app = ReadingApp()
    async with app.run_test(size=(40, 12)) as pilot:
        reading = app.query_one(ReadBack)
        reading.focus()
        reading.show_sentences([ADDRESS, "再见。"])
        await wait_for(pilot, "恒泰中心\n", "收货人谭辉，电话\n", "021-55502703 转 853。", "再见。")
        await pilot.press("space", "space")
        await wait_until(pilot, lambda: app.ticked)
    assert [sentence.split(" ", 1)[1] for sentence in app.ticked] == [ADDRESS, "再见。"]
