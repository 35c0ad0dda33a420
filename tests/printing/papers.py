"""Forms to print, and what stands on the printed page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pdfplumber

from ordersdesk.printing.forms.form import Block, Box, Column, Copy, Fact, Form

COLUMNS = (
    Column("#", figure=True), Column("Code", share=4), Column("Name", share=8), Column("Spec", share=4),
    Column("Unit", share=2), Column("Quantity", figure=True), Column("Amount", figure=True),
)  # fmt: skip
Row = tuple[str, ...]


def a_row(place: int = 1, name: str = "复印纸", *, code: str = "A4-80", amount: str = "25.00") -> Row:
    """One line of goods."""
    return (str(place), code, name, "500", "包", "1", amount)


def a_form(rows: Sequence[Row] = (), *, buyer: str = "明远办公", remark: str = "", **values: str) -> Form:
    """A small paper with two parties, goods, a total and two boxes."""
    return Form(
        template="sheet", language=values.get("language", "en"), issuer="Paper Ltd", title="Confirmation",
        number="SO20261123-0001", marks=(Fact("No.", "SO20261123-0001", strong=True),),
        blocks=(Block("Seller", (Fact("Name", "Paper Ltd"),)), Block("Buyer", (Fact("Name", buyer),))),
        columns=COLUMNS, rows=tuple(rows or [a_row()]), sums=(Fact("Total", "25.00", strong=True),),
        remarks=(Fact("Note", remark),) if remark else (),
        boxes=(Box("Seller", ("Signed",)), Box("Buyer", ("Signed",))), page="Page {page} of {pages}",
    )  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One character on a page, with the box of ink and its room on the line."""

    char: str
    page: int
    x0: float
    x1: float
    middle: float
    size: float


def letters(pdf: bytes) -> Iterator[Letter]:
    """Every visible character and where it stands."""
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        for number, page in enumerate(paper.pages):
            for char in page.chars:
                if char["text"].strip():
                    middle = (char["top"] + char["bottom"]) / 2
                    yield Letter(char["text"], number, char["x0"], char["x1"], middle, char["size"])


def pages(pdf: bytes) -> list[str]:
    """The text of every page without its spaces and line ends."""
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return ["".join(char["text"] for char in page.chars if char["text"].strip()) for page in paper.pages]


def outside(pdf: bytes) -> list[Letter]:
    """The characters that leave the page's margins, A4."""
    return [one for one in letters(pdf) if one.x0 < 40 or one.x1 > 555.5 or not 30 < one.middle < 812]


def overlapping(pdf: bytes) -> list[tuple[Letter, Letter]]:
    """The pairs of characters that cover each other: more than half of the smaller; kerned letters do less."""
    found: list[tuple[Letter, Letter]] = []
    placed = sorted(letters(pdf), key=lambda one: (one.page, one.x0))
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            if other.page != one.page or other.x0 >= one.x1:
                break
            across = min(one.x1, other.x1) - other.x0
            near = abs(one.middle - other.middle) < 0.6 * min(one.size, other.size)
            if near and across > 0.5 * max(min(one.x1 - one.x0, other.x1 - other.x0), 1):
                found.append((one, other))
    return found


PLIES = (
    Copy("white", "White: warehouse"), Copy("pink", "Pink: finance"), Copy("blue", "Blue: customer"),
    Copy("yellow", "Yellow: receipt"),
)  # fmt: skip


def a_slip(rows: Sequence[Row] = (), **values: str) -> Form:
    """The same as a slip: four copies, a code, a flag and a place for the stamp."""
    columns = (*COLUMNS[:-1], replace(COLUMNS[-1], sign="="))
    return replace(a_form(rows, **values), template="slip", number="SL20261123-0001", code="SL20261123-0001",
                   marks=(Fact("Slip", "SL20261123-0001", strong=True),), flags=("URGENT",), copies=PLIES,
                   stamp="Stamp", columns=columns)  # fmt: skip
