"""The papers of the road: route sheet, contact letter, shipping advice, picking list (SLP-4, SLP-8, DLV-4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ordersdesk.delivery.advice.form import advice_of
from ordersdesk.delivery.outage.forms import Head, blank
from ordersdesk.delivery.papers.picking_form import picking_of
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.form import route_of
from ordersdesk.delivery.routes.letter_form import letter_form_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import use
from ordersdesk.printing.devices.escpos import thermal_lines
from ordersdesk.printing.forms.form import Fact, Form
from ordersdesk.printing.pages.typesetting import pdf, pictures
from tests.delivery.building import a_slip, lies
from tests.delivery.roads import a_sheet, dispatcher
from tests.printing.slips import covering, differing, sheets

KEPT = Path(__file__).parent / "pictures"
LONG = "上海明远科技发展有限公司 Wide World Holdings (שלום) " * 4


def said(form: Form) -> str:
    """What its pages say, without spaces."""
    return "".join(sheets(pdf(form)))


def left(words: list[str], page: str) -> list[str]:
    """The words a page does not say."""
    return [word for word in words if "".join(word.split()) not in page]


def test_each_paper_of_the_road_says_what_it_is_for(desk: Desk) -> None:
    plain = a_slip(desk, ("A4-80", 10), state="picked").head
    urgent = a_slip(desk, ("A4-80", 5), state="picked", urgent=True, note="前台收").head
    number = a_sheet(desk, plain.number, urgent.number)
    depart(dispatcher(desk), number, driver="郝师傅", vehicle="沪A12345")
    due = f"{plain.due + urgent.due:,.2f}"
    sheet = said(route_of(desk, number))
    letter, advice = said(letter_form_of(desk, urgent.number)), said(advice_of(desk, plain.number))
    assert sheet.index(urgent.number) < sheet.index(plain.number)
    assert left([number, "URGENT", "郝师傅", "沪A12345", "张江路88号", "前台收", due, "Cashier"], sheet) == []
    assert left([urgent.number, "URGENT", "王芳", "23 Nov 2026 17:00", "前台收", f"{urgent.due:,.2f}"], letter) == []
    assert left([plain.number, "A4-80", "郝师傅", "沪A12345", "张江路88号", f"{plain.due:,.2f}"], advice) == []


def test_the_picking_list_sums_an_item_over_its_slips(desk: Desk) -> None:
    first, second = (a_slip(desk, ("A4-80", count), state="printed").head.number for count in (10, 5))
    form = picking_of(desk, [first, second])
    assert (form.rows[0][1], form.rows[0][5], form.rows[0][6]) == ("A4-80", "15", f"{first} × 10\n{second} × 5")
    assert left([first, second, "× 10", "× 5", "15"], said(form)) == []


def test_on_a_strip_the_unit_stands_behind_its_figure(desk: Desk) -> None:
    form = picking_of(desk, [a_slip(desk, ("A4-80", 3), state="printed").head.number])
    lines = [line.strip() for line in thermal_lines(form)[0]]
    assert lines[lines.index(f"Picked {'_' * 16}") + 1] == "Quantity 3 包"


def test_the_picking_list_goes_from_place_to_place_and_ends_with_what_has_none(desk: Desk) -> None:
    slip = a_slip(desk, ("A4-80", 1), ("B5", 2), ("C6", 3), state="printed").head.number
    lies(desk, {"A4-80": "B-01", "C6": "A-02"})
    assert [row[:2] for row in picking_of(desk, [slip]).rows] == [("A-02", "C6"), ("B-01", "A4-80"), ("", "B5")]


def longer(form: Form) -> Form:
    """The same with much more in every text a person could have typed."""
    rows = tuple(
        tuple(cell if column.figure else cell + LONG for column, cell in zip(form.columns, row, strict=True))
        for row in form.rows
    )

    def facts(some: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(replace(fact, value=fact.value + LONG) for fact in some)

    blocks = tuple(replace(block, facts=facts(block.facts)) for block in form.blocks)
    return replace(form, rows=rows, blocks=blocks, marks=facts(form.marks), remarks=facts(form.remarks))


def on_a_van(desk: Desk) -> dict[str, Form]:
    """Every paper of an urgent slip that left, and a blank one."""
    slip = a_slip(desk, ("A4-80", 10), state="picked", urgent=True, note="前台收").head.number
    number = a_sheet(desk, slip)
    made = {"route": route_of(desk, number), "letter": letter_form_of(desk, slip), "picking": picking_of(desk, [slip])}
    depart(dispatcher(desk), number)
    by_hand = blank(Head(desk.policy, desk.local(), "mei", "20261123"), 7, "zhao")
    return {**made, "advice": advice_of(desk, slip), "blank": by_hand}


@pytest.mark.parametrize("paper", ["a4", "a5", "continuous"])
def test_no_text_of_them_covers_another_whatever_is_written(desk: Desk, paper: str) -> None:
    papers = on_a_van(desk)
    by_hand = papers.pop("blank")
    made = [*papers.values(), *map(longer, papers.values()), by_hand]
    assert [covering(pdf(form, paper=paper)) for form in made] == [[]] * len(made)


def test_they_look_as_they_did(desk: Desk) -> None:
    use("zh_CN")
    made = {name: pictures(form)[0] for name, form in on_a_van(desk).items()}
    same = {name: differing(page, KEPT / f"{name}-a4-zh_CN.png") < 60 for name, page in made.items()}
    assert same == dict.fromkeys(made, True)
