"""Slips, advices and picking lists become forms from the books (SLP-2, SLP-4, SLP-8)."""

from __future__ import annotations

import pytest

from ordersdesk.delivery.advice.form import advice_of
from ordersdesk.delivery.papers.picking_form import picking_of
from ordersdesk.delivery.papers.slip_form import slips_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.delivery.papers import a_slip, an_order


def test_a_slip_is_read_with_its_customer_terms_and_sums(desk: Desk) -> None:
    a_slip(desk, an_order(desk))
    form = slips_of(desk, ["sl20261123-0001"])[0]
    said = [fact.value for block in form.blocks for fact in block.facts]
    assert (form.code, "C100001" in said, form.language) == ("SL20261123-0001", True, "zh_CN")
    assert ([fact.value for fact in form.sums], form.total[8]) == (["0.00", "￥125.00"], "125.00")


@pytest.mark.parametrize(("state", "rule"), [("void", "SLP-9"), ("made", "SLP-1")])
def test_a_void_slip_and_one_there_is_not_are_refused(desk: Desk, state: str, rule: str) -> None:
    a_slip(desk, an_order(desk), state=state)
    with pytest.raises(Refused) as no:
        slips_of(desk, ["SL20261123-0001", "SL20261123-0009"] if state == "made" else ["SL20261123-0001"])
    assert no.value.rule == rule


def test_a_slip_that_has_not_left_needs_no_advice(desk: Desk) -> None:
    a_slip(desk, an_order(desk))
    with pytest.raises(Refused, match="has not left yet"):
        advice_of(desk, "SL20261123-0001")


def test_a_picking_list_names_its_slips(desk: Desk) -> None:
    a_slip(desk, an_order(desk))
    form = picking_of(desk, ["SL20261123-0001"])
    assert (form.number, form.title) == ("SL20261123-0001", "Picking list")
