"""Times of the day as they are typed and said on the phone (DLV-4)."""

import pytest

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_times import time_typed

SAID = {
    "16:30": "16:30 16:30:00 １６：３０ 1630 16.30 4:30pm 4:30p.m. 下午4点半 下午四点半 下午4:30 下午4点半之前",
    "16:00": "4pm 4PM 16 16点 16点整 下午4点", "12:00": "12pm 12:00 中午12点", "00:00": "12am 00:00 零点",
    "14:15": "下午两点一刻", "23:05": "二十三点零五", "13:00": "中午1点", "20:00": "晚上8点前 8pm",
    "09:00": "9 9am 上午9点", "23:59": "23:59 二十三点五十九分",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), [(one, meant) for meant, said in SAID.items() for one in said.split()])
def test_a_time_is_read_as_people_say_it(typed: str, meant: str) -> None:
    assert f"{time_typed(typed):%H:%M}" == meant


def test_nothing_typed_is_no_time_yet() -> None:
    assert [time_typed(text) for text in ("", "  ")] == [None, None]


WRONG = ["24:00", "25", "16:60", "4:3", "13pm", "0pm", "下午", "十十点", "一二点", "-1", "now", "16:30:01", "4pm4pm"]


@pytest.mark.parametrize("typed", [*WRONG, "x" * 10_000])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as no:
        time_typed(typed)
    assert (no.value.rule, no.value.field, no.value.mend) == ("ORD-1", "latest", "Type 16:30 or 4pm.")
