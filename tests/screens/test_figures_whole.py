"""No number, amount or date is cut or broken on a screen of 80 columns, however large (the list gives texts away)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

import screens
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.figures import FIGURE
from screens.widgets.cells import fitted
from screens.widgets.laying import wrapped
from screens.widgets.rows import Column, needs, widths
from tests.builders import a_customer, a_draft, agreed, an_item
from tests.screens.acting import screen_text, settled, type_keys
from tests.screens.seated import seated

LARGE = {True: "1,234,567.00", False: "SO20261130-000006"}  # what stands to the right, and what to the left


def every_list() -> Iterator[tuple[str, tuple[Column, ...]]]:
    for info in pkgutil.walk_packages(screens.__path__, "screens."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if name.isupper() and isinstance(value, tuple) and value and all(isinstance(one, Column) for one in value):
                yield f"{info.name}.{name}", value


@pytest.mark.parametrize("room", [78, 118])
@pytest.mark.parametrize(("name", "columns"), list(every_list()))
def test_every_list_has_room_for_large_numbers(name: str, columns: Sequence[Column], room: int) -> None:
    amounts = [i for i, column in enumerate(columns) if column.right and column.width >= 9]
    first = next((i for i, column in enumerate(columns) if column.width >= 10 and not column.right), None)
    cells = ["1" for _column in columns]
    for place in amounts:
        cells[place] = LARGE[True]
    if first is not None:
        cells[first] = LARGE[False]
    wide = widths(columns, room, needs(columns, [cells]))
    assert sum(wide) + sum(1 for width in wide if width) - 1 <= room, name
    for place in (*amounts, *([first] if first is not None else [])):
        shown = fitted(cells[place], wide[place], right=columns[place].right)
        assert not wide[place] or shown.strip() == cells[place], (name, columns[place].title, wide)
        assert wide[place] or columns[place].drop, (name, columns[place].title)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("promised for Tue 24 Nov p.m. by van", 20, ["promised for", "Tue 24 Nov p.m. by", "van"]),
        ("承诺11月24日周二下午送到", 16, ["承诺", "11月24日周二下午", "送到"]),
        ("call 138 0013 8000 now", 16, ["call", "138 0013 8000", "now"]),
        ("合计1,234,567.00元", 10, ["合计", "1,234,567.00"[:10], "00元"]),
    ],
)
def test_a_text_is_broken_beside_its_figures(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width)[: len(lines) - 1] == lines[:-1]
    assert all(cell_len(line) <= width for line in wrapped(text, width))


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("paid 1,500,000.00", 12, "paid …"), ("1,500,000.00", 8, "…"), ("复印纸500张", 9, "复印纸…"),
        ("Paper 80g", 8, "Paper …"),
    ],
)  # fmt: skip
def test_a_text_is_cut_before_its_figures(text: str, width: int, shown: str) -> None:
    assert fitted(text, width).rstrip() == shown.rstrip()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_known_of_a_caller_is_cut_beside_its_figures_at_every_width(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, name="明远办公用品有限公司浦东新区第一分公司", terms="account", credit_limit=9_000_000)
    an_item(desk, name="得力复印纸", spec="80克 500张/包", price="1234567.00", stock=900)
    agreed(desk, a_draft(("A4-80", 2)))
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F2>C100001<Enter>A4-80<Enter>800<Enter>A4")
        for width in range(80, 128, 3):
            await pilot.resize_terminal(width, 40)
            await settled(pilot)
            assert re.findall(r"\d[\d.,:/-]*…", screen_text(pilot.app)) == [], width
        assert "1,234,567.00" in FIGURE.findall(screen_text(pilot.app))
