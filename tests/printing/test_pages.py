"""Papers as PDF: nothing overlaps, nothing is cut, nothing that people typed is run (SLP-3, FIL-3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.pages import fonts, typesetting
from ordersdesk.printing.pages.typesetting import pdf
from tests.datasets import dataset
from tests.printing.papers import a_form, a_row, outside, overlapping, pages
from tests.profiles import few

LATIN = some.characters(min_codepoint=33, max_codepoint=0x24F, categories=("L", "N", "P", "S"))
CHINESE = some.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
ANYTHING = some.text(LATIN | CHINESE | some.sampled_from(" -/"), min_size=1, max_size=100)
GOODS = some.tuples(
    some.integers(1, 200).map(str), ANYTHING, ANYTHING, ANYTHING, ANYTHING.map(lambda unit: unit[:20]),
    some.sampled_from(["1", "1,000,000"]), some.sampled_from(["1.00", "999,999,999,999.99"]),
)  # fmt: skip


@few(6)
@given(rows=some.lists(GOODS, min_size=1, max_size=3), buyer=ANYTHING, remark=ANYTHING)
def test_no_text_covers_another_and_none_leaves_the_page(rows: list[tuple[str, ...]], buyer: str, remark: str) -> None:
    made = pdf(a_form(rows, buyer=buyer, remark=remark))
    assert (overlapping(made), outside(made)) == ([], [])


def test_two_hundred_lines_go_over_pages_with_numbers_and_repeated_heads() -> None:
    made = pages(pdf(a_form([a_row(place, f"Item{place:03}") for place in range(1, 201)])))
    assert len(made) > 3
    assert [f"Page{place}of{len(made)}" in page for place, page in enumerate(made, 1)] == [True] * len(made)
    assert ["CodeName" in page for page in made if "Item" in page] == [True] * sum("Item" in page for page in made)
    assert [place for place in range(1, 201) if f"Item{place:03}" not in "".join(made)] == []


@pytest.mark.parametrize(
    "name", ["超长" * 100, "W" * 200, "Wide words " * 18, "snake_case_" * 18], ids=["wide", "word", "words", "joined"]
)
def test_a_long_name_is_printed_to_its_end(name: str) -> None:
    made = pdf(a_form([a_row(name=name)], buyer=name))
    assert (name.replace(" ", "") in "".join(pages(made)), outside(made), overlapping(made)) == (True, [], [])


HOSTILE = [
    '#panic("run")', "#import \"x\"", "$x^2$ *bold* _so_ `raw` <label> @ref", "\\u{41} // gone /* gone */",
    "= Heading", '"; eval("1+1")', "#{1+1}", "--- ... ~ 'quoted' \"quoted\"", "{page}", "https://example.org",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_that_people_type_is_printed_and_never_run(typed: str) -> None:
    assert typed.replace(" ", "") in pages(pdf(a_form([a_row(name=typed)])))[0]


def test_naughty_strings_are_all_printed_without_an_overlap() -> None:
    naughty = json.loads(dataset("naughty-input/blns.json").read_text(encoding="utf-8"))[::5]
    made = pdf(a_form([a_row(place, text[:200]) for place, text in enumerate(naughty, 1)]))
    text = "".join(pages(made))
    plain = [each for each in naughty if each.isascii() and each.isprintable() and len(each) <= 200]
    assert len(plain) > 60
    assert [each for each in plain if each.replace(" ", "") not in text] == []
    assert outside(made) == []


def test_a_character_no_font_has_is_printed_as_its_code() -> None:
    assert "王[U+10FFFD]芳" in pages(pdf(a_form(buyer="王\U0010fffd芳")))[0]


def test_a_steering_mark_is_made_visible() -> None:
    assert "abc·fdp.exe" in pages(pdf(a_form(buyer="abc\u202efdp.exe")))[0]


def test_a_pile_of_marks_does_not_run_into_other_lines() -> None:
    assert "[U+0301]" in pages(pdf(a_form(buyer="Z" + "\u0301" * 40)))[0]


def test_a_very_wide_character_is_made_to_fit() -> None:
    assert outside(pdf(a_form([a_row(name="\ufdfd", code="\ufdfd")]))) == []


def test_a_site_may_keep_its_own_form(tmp_path: Path) -> None:
    (tmp_path / "sheet.typ").write_text("#set page(width: 9cm, height: 4cm)\n#form.title", encoding="utf-8")
    assert pages(pdf(a_form(), tmp_path)) == ["Confirmation"]


def test_a_broken_form_of_a_site_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "sheet.typ").write_text("#(", encoding="utf-8")
    with pytest.raises(Refused) as no:
        pdf(a_form(), tmp_path)
    assert (no.value.rule, "“sheet” cannot be set" in no.value.message, "sheet.typ" in no.value.mend) == (
        "SLP-3", True, True,
    )  # fmt: skip


def test_an_unreadable_form_of_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parts.typ").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Refused, match=r"parts\.typ cannot be read"):
        pdf(a_form(), tmp_path)


def test_without_the_typesetter_it_is_refused_naming_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Refused, match="pip install typst"):
        pdf(a_form())


def test_without_a_chinese_font_it_is_refused_naming_what_to_install() -> None:
    with pytest.raises(Refused, match="pip install pylopdf-fonts-zh-cn"):
        fonts._chinese([("DejaVu Sans", Path("no such file"), 0)])


def test_a_letter_that_only_another_font_has_is_whole() -> None:
    """The main font would put `ć` together from two glyphs, beside each other."""
    assert "ćłęž" in pages(pdf(a_form(buyer="ćłęž")))[0]
