"""Windows of the day as people write them."""

from datetime import time

import pytest

from ordersdesk.foundation.policy.windows import Window, window, windows

MORNING = Window(time(9), time(11, 30))
AFTERNOON = Window(time(13), time(17))


@pytest.mark.parametrize(
    "text",
    ["09:00-11:30,13:00-17:00", "9:00 - 11:30; 13:00~17:00", "9:00至11:30，13:00到17:00", "09:00-11:30、13:00-17:00"],
)
def test_windows_are_read_however_they_are_separated(text):
    assert windows(text) == (MORNING, AFTERNOON)


def test_no_text_is_no_window():
    assert windows("") == ()


@pytest.mark.parametrize("text", ["always", "09:00-11:30 13:00", "13:00-17:00,09:00-11:30", "09:00-12:00,11:00-13:00"])
def test_what_is_not_windows_in_order_is_a_value_error(text):
    with pytest.raises(ValueError, match=text):
        windows(text)


@pytest.mark.parametrize("text", ["12:00-12:00", "12:00-08:00", "24:00-25:00", "8-9", ""])
def test_a_window_ends_after_it_starts(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller says what was wrong
        window(text)


def test_windows_that_only_touch_do_not_meet():
    assert not Window(time(9), time(12)).meets(Window(time(12), time(13)))
    assert not Window(time(12), time(13)).meets(Window(time(9), time(12)))
    assert Window(time(9), time(12, 1)).meets(Window(time(12), time(13)))


def test_windows_that_touch_are_two_and_are_written_as_they_were_read():
    assert [str(each) for each in windows("08:30-12:00,12:00-13:05")] == ["08:30-12:00", "12:00-13:05"]
