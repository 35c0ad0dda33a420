"""Every paper word for word, in both languages, as an office files it: kept as text, so that a change can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.delivery.advice.form import advice_of
from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.delivery.outage.pack import papers_of, read
from ordersdesk.delivery.papers.picking_form import picking_of
from ordersdesk.delivery.papers.slip_form import slips_of
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.form import route_of
from ordersdesk.delivery.routes.letter_form import letter_form_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import use
from ordersdesk.kinds import KINDS
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.people.actions import add_user
from ordersdesk.printing.devices.plain import text
from ordersdesk.printing.forms.document_form import form_of
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.typesetting import pdf
from tests.builders import a_customer, an_item, as_role
from tests.delivery.building import a_slip, lies
from tests.delivery.roads import a_sheet, dispatcher
from tests.printing.slips import sheets

KEPT = Path(__file__).parent / "texts"
PEOPLE = (("lin", "林晓", "agent"), ("ding", "丁悦", "order_group"), ("hao", "郝建国", "dispatcher"))
PAPER = {"brand": "银杉", "spec": "A4 80g 500张", "model": "YS-A480", "colour": "白", "unit": "包"}
PEN = {"name": "中性笔 黑色", "brand": "墨舟", "spec": "0.5mm", "model": "MZ-G05", "colour": "黑", "unit": "支"}
BUYER = {"tax_id": "91310115MA1K4XXX0Q", "bank": "申江银行张江支行", "bank_account": "0310 0155 0880 3321"}
WISHES: dict[str, Any] = {"customer": "C100001", "contact": "王芳", "note": "请送到前台。", "invoice": "ordinary"}


def firm(desk: Desk, language: str = "zh_CN") -> Desk:
    """The desk of a firm that says everything of itself, with people, goods and a customer of some language."""
    use(language)
    for login, name, role in PEOPLE:
        add_user(as_role(desk, "admin"), login=login, name=name, roles=[role], password="long enough")
    an_item(desk, "A4-80", stock=1000, weight_g=2500, **PAPER)
    an_item(desk, "G05", price="2.00", stock=1000, **PEN)
    lies(desk, {"A4-80": "B-01-2", "G05": "A-03-1"})
    a_customer(desk, name="上海明远科技发展有限公司", language=language, **BUYER)
    return replace(desk, policy=load(data_path("demo", "policy.toml")))


def differences(papers: dict[str, Form], language: str) -> dict[str, tuple[str, str]]:
    """What is now, and what was kept, of each paper that says anything else; a new paper is kept from now on."""
    found: dict[str, tuple[str, str]] = {}
    for name, form in papers.items():
        path, now = KEPT / f"{name}-{language}.txt", text(form)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if not before:
            path.write_text(now, encoding="utf-8")
        if now != before:
            found[name] = (now, before)
    return found


def every_paper(desk: Desk) -> dict[str, Form]:
    """Each paper there is: of a slip that waits, of an urgent one that has left, and of the pack for a power cut."""
    slip = a_slip(desk, ("A4-80", 10), ("G05", 60), state="printed", **WISHES).head
    asks = {"urgent": True, "latest": time(16, 30), "department": "采购部", "papers": "质检报告"}
    urgent = a_slip(desk, ("G05", 24), state="picked", **asks, **WISHES).head.number
    sheet = a_sheet(desk, urgent)
    waiting = {
        "slip": slips_of(desk, [slip.number])[0], "sheet": sheet_of(desk, slip.order_number),
        "picking": picking_of(desk, [slip.number, urgent]), "letter": letter_form_of(desk, urgent),
        "route": route_of(desk, sheet),
    }  # fmt: skip
    depart(dispatcher(desk), sheet, driver="郝师傅", vehicle="沪A12345")
    trouble = note_trouble(dispatcher(desk), urgent, kind="damaged", cause="纸箱受潮").number
    waiting["trouble"] = form_of(desk, KINDS["exception"], trouble)
    pack = papers_of(desk, read(desk), [7], "lin")
    return {**waiting, "advice": advice_of(desk, urgent), **{f"pack-{name}": forms[0] for name, forms in pack.items()}}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_paper_says_what_an_office_expects_word_for_word(desk: Desk, language: str) -> None:
    ours = firm(desk, language)
    assert differences(every_paper(ours), language) == {}


def test_a_page_says_the_same_words_as_the_text(desk: Desk) -> None:
    ours = firm(desk)
    form = slips_of(ours, [a_slip(ours, ("A4-80", 10), **WISHES).head.number])[0]
    page = "".join(sheets(pdf(form, paper="continuous")))
    words = [word for word in text(replace(form, copies=())).split() if not set(word) <= set("-=_")]
    assert [word for word in words if word not in page] == []


def test_a_firm_that_says_nothing_of_itself_leaves_no_holes(desk: Desk) -> None:
    firm(desk)
    said = text(slips_of(desk, [a_slip(desk, ("A4-80", 10), **WISHES).head.number])[0])
    assert said.splitlines()[0].strip() == "订单台办公用品 上海分公司"
    assert ("订购热线" in said, said.rstrip().splitlines()[-1]) == (False, "货物请当场点验，15 天内质量问题免费更换。")
