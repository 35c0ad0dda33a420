"""A number, an amount or a date is shown whole or not at all."""

from __future__ import annotations

import pytest

from ordersdesk.foundation.texts.figures import cut_at, is_figure, parts

FIGURES = (
    "1,234,567.00", "-125.00", "+3", "10%", "SO20261130-000006", "C000001", "2026-11-30", "2026-11-30 23:59",
    "Mon 30 Nov", "30 Nov 2026", "Tue 24 Nov 10:00", "Mon 23 Nov p.m.", "11月30日周一", "11月30日 周一",
    "2026年11月30日", "11月30日周一 下午", "12:00", "138 0013 8000", "021 5550 7526", "+8613800138000", "A4-80", "5/12",
)  # fmt: skip


@pytest.mark.parametrize("text", FIGURES)
def test_what_is_a_figure_is_never_cut_in_two(text: str) -> None:
    assert is_figure(text)
    around = f"paid {text} by card"
    cuts = {cut_at(around, place) for place in range(len(around) + 1)}
    assert cuts == {*range(6), *range(6 + len(text), len(around) + 1)}
    assert (text, True) in list(parts(around))


@pytest.mark.parametrize("text", ["", "Paper", "明远办公", "5 boxes", "9" * 25, "a 1 b"])
def test_what_is_no_figure_is_cut_anywhere(text: str) -> None:
    assert not is_figure(text)
    assert "".join(part for part, _is in parts(text)) == text


def test_a_text_that_is_no_number_any_more_is_cut_where_it_must() -> None:
    assert cut_at("9" * 100, 10) == 10
