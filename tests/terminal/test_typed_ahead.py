"""Keys typed faster than the screen follows land where they were meant, on a real pty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.harness import Terminal, python

GAPS = [0.0, 0.005, 0.015, 0.030]
WHOLE_ORDER = "li<Enter>pw<Enter><F2>13801<Enter>Road 5<Enter>3<Enter>post<Enter>ring twice<F9>"
RECEIPT = (
    "RECEIPT",
    "13801 [@click=app.quit]Quit[/] Ltd",
    "road=Road 5",
    "boxes=3",
    "way=post",
    "note=ring twice",
)


def toy(tmp_path: Path) -> Terminal:
    return Terminal(python("-m", "tests.screens.toy", str(tmp_path)), home=tmp_path)


@pytest.mark.parametrize("gap", GAPS)
def test_an_order_typed_by_heart_lands_in_its_fields(tmp_path: Path, gap: float) -> None:
    with toy(tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type(WHOLE_ORDER, gap=gap)
        terminal.wait_for(*RECEIPT)


def test_keys_typed_before_the_program_paints_are_not_lost(tmp_path: Path) -> None:
    with toy(tmp_path) as terminal:
        terminal.type(WHOLE_ORDER, gap=0.005)
        terminal.wait_for(*RECEIPT)


def test_pasted_lines_land_in_their_fields_between_typed_keys(tmp_path: Path) -> None:
    with toy(tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type("li<Enter>pw<Enter><F2>138")
        terminal.paste("01\nRoad 5\r\n3\tpost\n")
        terminal.paste("ring")
        terminal.type(" twice<F9>")
        terminal.wait_for(*RECEIPT)


def test_what_was_typed_behind_a_refused_field_is_kept_and_typed_on_demand(tmp_path: Path) -> None:
    with toy(tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type("li<Enter>pw<Enter><F2>13801<Enter>Road 5<Enter>x<Enter>post<Enter>ring twice<F9>")
        terminal.wait_for("That is not a number.", "kept: post⏎ring twice‹F9›")
        terminal.type("<Backspace>3<Enter>", gap=0.1)
        terminal.wait_for("36 pieces")
        terminal.type("<Ctrl+R>")
        terminal.wait_for(*RECEIPT)


def test_a_search_that_does_not_answer_keeps_what_was_typed_and_goes_on_when_it_does(tmp_path: Path) -> None:
    command = "import tests.screens.toy as t, pathlib; t.ToyApp.slowness = 4; t.ToyApp(pathlib.Path('.')).run()"
    with Terminal(python("-c", command), home=tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type("li<Enter>pw<Enter><F2>13801<Enter>Road 5<Enter>3<Enter>post<Enter>ring twice<F9>")
        terminal.wait_for("Waiting for the search")
        terminal.wait_for("No answer yet", "kept: Road 5⏎")
        terminal.wait_for(*RECEIPT)


def test_letters_are_drawn_cell_exact_and_nothing_a_customer_is_called_runs(tmp_path: Path) -> None:
    with toy(tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type("li<Enter>pw<Enter><F2>138")
        terminal.wait_for(
            "13800        Wang [/] Trading",
            "13801        [@click=app.quit]Quit[/] Ltd",
            "13802        ␛[31mRed␛[0m ␇Bell",
            "13803        上海办公用品有限公司浦东分公司",
        )
