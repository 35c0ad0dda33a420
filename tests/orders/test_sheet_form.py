"""The confirmation sheet lists everything agreed, in the customer's language, whatever people typed (ORD-6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.people.actions import add_user
from ordersdesk.printing.devices.plain import text
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.typesetting import pdf
from tests.builders import a_customer, a_draft, an_item, as_role, cancel
from tests.printing.papers import outside, overlapping, pages

HOSTILE = '#eval("1") $x$ <b> %s'
TYPED = {"contact": HOSTILE, "address": f"上海市张江路88号 {HOSTILE}", "note": f"{HOSTILE}\n第二行"}


def waiting(desk: Desk, *, name: str = "明远办公", language: str = "en", **values: Any) -> str:
    """An order with 8 pieces to be purchased, and its number."""
    a_customer(desk, name=name, language=language, invoice_title="明远公司", tax_id="91310000X")
    an_item(desk, stock=2, spec="80g")
    line = a_draft(("A4-80", 10)).lines[0].model_copy(update={"shortage": "purchase"})
    return submit(desk, a_draft(lines=(line,), **values)).number


def facts(form: Form) -> dict[str, str]:
    return {fact.label: fact.value for block in form.blocks[1:] for fact in block.facts}


def test_it_lists_everything_agreed(desk: Desk) -> None:
    form = sheet_of(desk, waiting(desk, invoice="vat_special", note="Ring first."))
    assert facts(form) == {
        "Name": "明远办公 C100001", "Contact": "王芳", "Phone and fax": "13800138000", "Address": "张江路88号",
        "Tax id": "91310000X", "Place of delivery": "张江路88号", "Consignee": "王芳 13800138000",
        "Time of delivery": "Tue 1 Dec 2026", "Way of delivery": "by our van", "Packing": "as the maker packs them",
        "Terms": "cash on delivery", "Invoice": "VAT special invoice", "Invoice title": "明远公司",
    }  # fmt: skip
    assert form.rows == (
        (
            "1",
            "A4-80",
            "复印纸 A4-80",
            "",
            "80g",
            "包",
            "10",
            "25.00",
            "250.00",
            "8 short: order the rest from the supplier",
        ),
    )
    assert [(fact.label, fact.value) for fact in form.sums] == [
        ("In words", "贰佰伍拾元整"), ("Delivery fee", "0.00"), ("Order total", "CNY 250.00"),
    ]  # fmt: skip


def test_it_says_until_when_it_comes_back_and_what_a_late_one_costs(desk: Desk) -> None:
    form = sheet_of(desk, waiting(desk))
    assert [(mark.label, mark.value) for mark in form.marks][-2:] == [
        ("Valid until", "30 Nov 2026"), ("Return by", "23 Nov 2026"),
    ]  # fmt: skip
    assert form.remarks[-1].value == (
        "Please sign and stamp this sheet and return it by 23 Nov 2026."
        " For each working day it is late, delivery moves one working day."
    )


def test_it_speaks_the_customers_language_and_not_the_desks(desk: Desk) -> None:
    form = sheet_of(desk, waiting(desk, language="zh_CN"))
    assert (form.language, facts(form)["联系人"], facts(form)["结算方式"]) == ("zh_CN", "王芳", "货到付款")


def test_it_names_who_took_the_order_and_not_a_login(desk: Desk) -> None:
    add_user(as_role(desk, "admin"), login="lin", name="林晓", roles=["agent"], password="long enough")
    seller = sheet_of(desk, waiting(desk)).blocks[0]
    assert [(fact.label, fact.value) for fact in seller.facts] == [
        ("Name", "订单台办公用品 上海分公司"), ("Contact", "林晓"),
    ]  # fmt: skip


def test_valuable_goods_are_packed_with_care(desk: Desk) -> None:
    a_customer(desk, language="en")
    an_item(desk, stock=20, valuable=True)
    number = submit(desk, a_draft(("A4-80", 10))).number
    assert facts(sheet_of(desk, number))["Packing"] == "special packing, insured"


def test_a_sheet_holds_at_least_until_it_must_be_back(desk: Desk) -> None:
    sheets = desk.policy.sheets.model_copy(update={"valid_days": 1, "return_days": 3})
    patient = replace(desk, policy=desk.policy.model_copy(update={"sheets": sheets}))
    form = sheet_of(patient, waiting(patient))
    assert [mark.value for mark in form.marks][-2:] == ["26 Nov 2026", "26 Nov 2026"]


def test_a_customer_without_a_language_gets_the_branchs(desk: Desk) -> None:
    assert sheet_of(desk, waiting(desk, language="")).language == "zh_CN"


def test_what_people_typed_stands_on_the_paper_as_it_is(desk: Desk) -> None:
    form = sheet_of(desk, waiting(desk, name=HOSTILE * 9, **TYPED))
    made = pdf(form)
    assert HOSTILE.replace(" ", "") in pages(made)[0]
    assert (outside(made), overlapping(made)) == ([], [])
    assert HOSTILE in text(form)


@pytest.mark.parametrize("lines", [5, 8, 40, 200])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_boxes_to_stamp_stay_with_goods(desk: Desk, lines: int, paper: str) -> None:
    form = sheet_of(desk, waiting(desk))
    many = tuple((str(place), f"A4-{place:03}", *form.rows[0][2:]) for place in range(1, lines + 1))
    last = pages(pdf(replace(form, rows=many), paper=paper))[-1]
    assert [words in last for words in (f"A4-{lines:03}", "Ordertotal", "Seller(stamp)", "Buyer(stamp)")] == [True] * 4


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_a_wish_of_several_pages_is_printed_to_its_end(desk: Desk, paper: str) -> None:
    form = sheet_of(desk, waiting(desk))
    wish = replace(form.remarks[0], value="很长的要求" * 700 + "终")
    made = pdf(replace(form, remarks=(wish, *form.remarks)), paper=paper)
    text = "".join(pages(made))
    assert ("终" in text, text.count("很长的要求") > 600, "Buyer(stamp)" in text) == (True, True, True)


def test_a_cancelled_order_is_not_confirmed(desk: Desk) -> None:
    number = waiting(desk)
    cancel(desk, number=number, version=1, reason="changed their mind")
    with pytest.raises(Refused, match="there is nothing to confirm") as no:
        sheet_of(desk, number)
    assert (no.value.rule, bool(no.value.mend)) == ("ORD-6", True)
