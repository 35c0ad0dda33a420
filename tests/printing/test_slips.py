"""Slips as PDF: all of it stands on the page, machines read the codes, nothing covers anything (SLP-2, SLP-3)."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.forms.codes import codes
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.batching import PIECE, batches
from ordersdesk.printing.pages.geometry import GEOMETRIES, POINT
from ordersdesk.printing.pages.typesetting import pdf, pictures
from ordersdesk.printing.papers import paper_named
from tests.printing.papers import letters
from tests.printing.slips import POLICY, a_line, a_slip, covering, differing, scanned, sheets, text_boxes
from tests.profiles import THOROUGH, few

KEPT = Path(__file__).parent / "pictures"
FORMS = ("continuous", "a5", "a4")
HOSTILE = [
    "W" * 90, "#panic(1)", "超长" * 60, "שלום עולם", "“中" * 40, "。" * 50, "e\u0301\u0301\u0301", "\ufdfd",
    "😀𠮷", "a\nb\nc", "-" * 80, "mw" * 40, "\u202eabc", "ﷺ بسم",
]  # fmt: skip


@pytest.mark.parametrize("paper", FORMS)
def test_a_scanner_reads_bar_code_and_qr_from_the_page(paper: str) -> None:
    assert scanned(pictures(a_slip(), paper=paper)[0]) == {"Code 128": "SL20261123-0001", "QR Code": "SL20261123-0001"}


def test_a_number_no_bar_code_can_hold_is_refused() -> None:
    with pytest.raises(Refused, match="No bar code can be made of “单”"):
        codes("单")


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_each_copy_is_a_page_with_its_label_and_counts_its_own_pages(paper: str) -> None:
    made = sheets(pdf([a_slip(1, language="en"), a_slip(2, 1, language="en")], paper=paper))
    labels = ["Copy1,white:warehouse", "Copy2,pink:finance", "Copy3,blue:customer", "Copy4,yellow:receipt"]
    assert [label in page and "Page1of1" in page for page, label in zip(made, labels * 2, strict=True)] == [True] * 8


def test_all_plies_of_continuous_paper_stand_along_one_print() -> None:
    (page,) = sheets(pdf(a_slip(language="en"), paper="continuous"))
    assert [label in page for label in ("Copy1,white:warehouse", "Copy4,yellow:receipt")] == [True, True]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_names_of_the_plies_find_room_along_the_margin(language: str) -> None:
    made = pdf(a_slip(language=language), paper="continuous")
    (boxes,) = text_boxes(made)
    height = GEOMETRIES["continuous"].height / POINT
    assert (covering(made), [box for box in boxes if box[1] < 0 or box[3] > height]) == ([], [])


def test_everything_a_slip_says_is_on_its_page() -> None:
    dear = a_line(2, "硒鼓", valuable=True, note="原包装")
    packing: dict[str, Any] = {"name": "special packing", "pieces": 10, "value": "250.00", "cost": "20.00"}
    marks = {"urgent": True, "valuable": True, "released_first": True, "prints": 1}
    form = a_slip(1, [a_line(), dear], language="en", services=[packing], note="Ring first.", **marks)
    (page,) = sheets(pdf(form, paper="continuous"))
    said = [
        "URGENT", "VALUABLE", "LEFTFIRST", "Reprint1", "浦东一线", "12:00", "SO20261123-0017", "cashondelivery",
        "王芳", "原包装", "specialpacking", "value250.00", "伍佰元整", "Amounttopay", "CNY500.00", "Ringfirst.",
        "Deliverystamp", "Receivedbythecustomer", "MadeoutbyDing", "ordinaryinvoice,withthegoods", "Page1of1",
    ]  # fmt: skip
    assert [words for words in said if words not in page] == []


def test_two_hundred_lines_run_over_pages_each_with_heads_and_its_number() -> None:
    made = sheets(pdf([a_slip(1, 1), a_slip(2, 200), a_slip(3, 1)], paper="continuous"))
    long = made[1:-1]
    assert [page for page in made if "SL20261123-0002" in page] == long
    assert [f"第{place}页共{len(long)}页" in page for place, page in enumerate(long, 1)] == [True] * len(long)
    assert [place for place in range(1, 201) if f"A4-{place:03}" not in "".join(long)] == []
    assert ["货号品名" in page for page in long if "A4-" in page] == [True] * sum("A4-" in page for page in long)


def test_many_slips_are_set_in_pieces_and_come_out_in_their_order() -> None:
    forms = [a_slip(number, 1) for number in range(1, 2 * PIECE + 2)]
    assert [len(batch.forms) for batch in batches(forms, GEOMETRIES["continuous"])] == [PIECE, PIECE, 1]
    made = sheets(pdf(forms, paper="continuous"))
    assert [f"SL20261123-{place:04}" in page for place, page in enumerate(made, 1)] == [True] * len(forms)


def test_a_row_drawn_and_a_row_measured_stand_alike() -> None:
    """Short texts are drawn where they surely fit; one long one has the whole table measured."""
    drawn = where("得张250", pdf(a_slip(1, [a_line(), a_line(2)]), paper="a5"))
    measured = where("得张250", pdf(a_slip(1, [a_line(), a_line(2, "长" * 60)]), paper="a5"))
    assert max(abs(one - other) for one, other in zip(drawn, measured, strict=True)) < 1


def where(chars: str, made: bytes) -> list[float]:
    """Across and down, of the first time each character stands on a page."""
    found = list(letters(made))
    first = [next(one for one in found if one.char == char) for char in chars]
    return [place for one in first for place in (one.x0, one.middle)]


def test_a_slip_that_takes_more_room_than_it_seemed_is_set_again() -> None:
    form = a_slip(1, [a_line(place, note="一\n二\n三") for place in range(1, 6)], note="\n".join("注" * 3))
    made = sheets(pdf(form, paper="continuous"))
    assert [f"第{place}页共{len(made)}页" in page for place, page in enumerate(made, 1)] == [True] * len(made)


def hostile(number: int, chance: random.Random, texts: list[str]) -> Form:
    def any_text() -> str:
        return chance.choice(texts)

    lines = [a_line(1, any_text(), code=any_text()[:40], spec=any_text(), unit=any_text()[:20], note=any_text())]
    return a_slip(
        number, lines, language=chance.choice(["en", "zh_CN"]), customer_name=any_text(), address=any_text(),
        contact=any_text(), phone=any_text()[:60], route=any_text()[:60], note=any_text(), carrier=any_text()[:40],
        urgent=chance.random() < 0.3, prints=chance.randint(0, 2),
    )  # fmt: skip


TEXTS = some.text(some.characters(blacklist_categories=["Cs", "Co", "Cn"], max_codepoint=0xFFFF), max_size=60)


@few(10 if THOROUGH else 3)
@given(some.lists(TEXTS, min_size=12, max_size=12), some.integers(0, 2**32), some.sampled_from(FORMS[:2]))
def test_no_two_texts_cover_each_other_on_a_thousand_slips(typed: list[str], seed: int, paper: str) -> None:
    chance = random.Random(seed)
    usual = ["得力 A4 复印纸 80g 高白", "HP LaserJet Pro CF280A", "上海市浦东新区张江路88号3号楼"] * 20
    texts = [*typed, *HOSTILE, *usual]
    forms = [replace(hostile(number, chance, texts), copies=()) for number in range(100)]
    assert covering(pdf(forms, paper=paper)) == []


def test_texts_that_do_cover_each_other_are_found(tmp_path: Path) -> None:
    (tmp_path / "slip.typ").write_text("#place[first]\n#place(dx: 5pt)[second]", encoding="utf-8")
    assert len(covering(pdf(a_slip(), tmp_path))) > 0


def test_a_name_of_ten_thousand_characters_is_printed_to_its_end() -> None:
    made = "".join(sheets(pdf(a_slip(1, [a_line(name="W" * 9_998 + "终")]), paper="continuous")))
    assert ("终" in made, made.count("W") >= 9_998) == (True, True)


@pytest.mark.parametrize("paper", FORMS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_slip_looks_as_it_did(paper: str, language: str) -> None:
    page = pictures(a_slip(language=language, urgent=True), paper=paper)[0]
    assert differing(page, KEPT / f"slip-{paper}-{language}.png") < 60


def test_a_paper_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="There is no paper “a3”"):
        paper_named("a3")


def test_the_policy_names_a_paper_there_is() -> None:
    assert paper_named(POLICY.slips.form).name == "continuous"
