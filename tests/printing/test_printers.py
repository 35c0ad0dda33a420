"""What dot-matrix and thermal printers get is the slip's text and our own commands, never a byte of the data's."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from ordersdesk.printing.devices.cells import PRINTER, SCREEN
from ordersdesk.printing.devices.escp import BEGIN, needle, needle_pages
from ordersdesk.printing.devices.escpos import thermal, thermal_lines
from ordersdesk.printing.forms.form import Form
from tests.printing.papers import a_row, a_slip
from tests.printing.printers import ESCP, ESCPOS, printed

ANY = some.text(some.characters(blacklist_categories=["Cs"]), max_size=120)
HOSTILE = some.sampled_from(
    ["\x1b@", "\x1dV\x00", "\x10\x04\x01", "\x1c.", "a\x0cb", "\r\n\n", "㐂𠮷😀", "\u202e", "龘§×"]
)
TYPED = some.one_of(ANY, some.tuples(ANY, HOSTILE, ANY).map("".join))
SLIPS = some.builds(lambda name, unit, buyer, note: a_slip([a_row(name=name, code=unit)] * 3, buyer=buyer, remark=note),
                    TYPED, TYPED, TYPED, TYPED)  # fmt: skip


@given(SLIPS)
def test_needles_print_the_slips_text_and_nothing_steers_them(slip: Form) -> None:
    out = printed(needle([slip]), ESCP)
    assert (out.pages, out.resets, slip.number in out.strong) == (needle_pages(slip), 1, True)
    assert max(PRINTER.width(line) for page in out.pages for line in page) <= 96
    assert {len(page) for page in out.pages} == {33}


@given(SLIPS)
def test_a_strip_says_the_slips_text_on_48_cells_and_nothing_steers_it(slip: Form) -> None:
    out = printed(thermal([slip]), ESCPOS)
    assert [page[:-CODES] for page in out.pages] == thermal_lines(slip)
    assert (len(out.pages), out.resets, out.codes) == (4, 1, [slip.code, slip.code] * 4)
    assert all(PRINTER.width(line) <= 48 for page in out.pages for line in page)


CODES = 3  # lines under the text: bars, QR, the knife


def test_a_character_of_four_bytes_is_printed_as_its_code_so_that_columns_stand() -> None:
    page = "\n".join(needle_pages(a_slip([a_row(name="㐂屋"), a_row(name="纸")]))[0])
    assert ("[U+3402]屋" in page, "㐂" in page) == (True, False)
    ends = {PRINTER.width(line) for line in page.split("\n") if line.endswith("25.00") and "A4-80" in line}
    assert len(ends) == 1


def test_a_sign_of_two_bytes_takes_two_cells_of_the_printer() -> None:
    assert (PRINTER.width("×§"), SCREEN.width("×§")) == (4, 2)


def test_needles_make_all_plies_in_one_pass() -> None:
    out = printed(needle([a_slip(), a_slip()]), ESCP)
    assert (len(out.pages), needle([a_slip()])[: len(BEGIN)]) == (2, BEGIN)
    assert all(label in "".join(out.pages[0]) for label in ("White", "Pink", "Blue", "Yellow"))


def test_on_a_strip_the_amount_stands_beneath_its_name() -> None:
    lines = thermal_lines(a_slip([a_row(name="签字笔", amount="250.00")]))[0]
    place = next(place for place, line in enumerate(lines) if "签字笔" in line)
    assert (lines[place], lines[place + 1].strip()) == ("1 A4-80  签字笔  500  包", "1 = 250.00")


def test_a_code_of_other_characters_is_only_text() -> None:
    odd = replace(a_slip(), code="送货1")
    assert printed(thermal([odd]), ESCPOS).codes == []
    assert "*送货1*" in thermal_lines(odd)[0]
