"""Another delivery fee than the rule's: asked with a reason, approved, stored apart, shown (DLV-1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.changing import request
from ordersdesk.check import check
from ordersdesk.deciding import deny, grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import NotReady
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.orders.terms.change_draft import Change, LineChange
from ordersdesk.printing.devices.plain import text
from tests.builders import a_customer, a_draft, an_item, as_role

NUMBER = "SO20261123-0001"
WHY = "late last time"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Paper at 25.00: three of it pay a fee of ten, four none."""
    a_customer(desk)
    an_item(desk, stock=100)
    return desk


def taken(desk: Desk, pieces: int = 3, **values: Any) -> Any:
    return submit(desk, a_draft(("A4-80", pieces), **values))


def leader(desk: Desk) -> Desk:
    return as_role(desk, "leader", login="zhou")


def fees(desk: Desk) -> tuple[str, str, str, str, str]:
    head = by_number(desk, NUMBER).head
    return str(head.fee), str(head.total), str(head.fee_said), head.fee_reason, head.fee_approver


def agreed_free(desk: Desk) -> None:
    taken(desk, fee=Decimal(0), fee_reason=WHY)
    grant(leader(desk), "order", NUMBER, seen_version=1)


def changed(desk: Desk, **values: Any) -> Any:
    return request(desk, Change(order=NUMBER, reason=WHY, **values))


def test_another_fee_waits_for_a_leader_who_then_stands_on_the_order(shop: Desk) -> None:
    made = taken(shop, fee=Decimal(0), fee_reason=WHY)
    assert (made.state, made.fee, made.total) == ("review", Decimal(0), Decimal("75.00"))
    assert [(one.rule, one.role, one.sentence) for one in made.reasons] == [
        ("DLV-1", "leader", "The delivery fee shall be 0.00 instead of 10.00: late last time")
    ]
    assert fees(shop) == ("0.00", "75.00", "0.00", WHY, "")
    assert grant(leader(shop), "order", NUMBER, seen_version=1).state == "confirmed"
    assert fees(shop) == ("0.00", "75.00", "0.00", WHY, "zhou")


def test_a_fee_without_a_reason_is_refused(shop: Desk) -> None:
    with pytest.raises(NotReady) as no:
        taken(shop, fee=Decimal(0))
    assert (no.value.rule, no.value.field) == ("DLV-1", "fee_reason")


@pytest.mark.parametrize(("pieces", "fee"), [(3, "10.00"), (4, "0.00")])
def test_the_rules_own_fee_is_no_override(shop: Desk, pieces: int, fee: str) -> None:
    assert taken(shop, pieces, fee=Decimal(fee), fee_reason=WHY).state == "confirmed"
    assert fees(shop)[2:] == ("None", "", "")


def test_who_asked_does_not_approve(shop: Desk) -> None:
    both = as_role(shop, "agent", "leader", login="zhou")
    taken(both, fee=Decimal(0), fee_reason=WHY)
    with pytest.raises(Exception, match="nobody grants their own"):
        grant(both, "order", NUMBER, seen_version=1)


def test_a_no_rejects_the_order(shop: Desk) -> None:
    taken(shop, fee=Decimal(0), fee_reason=WHY)
    assert deny(leader(shop), "order", NUMBER, seen_version=1, reason="no").state == "rejected"


def test_a_confirmed_order_is_changed_to_another_fee_after_the_yes(shop: Desk) -> None:
    taken(shop)
    asked = changed(shop, fee=Decimal("5.00"))
    assert (asked.state, fees(shop)[0], {one.occasion for one in asked.waits} >= {"fee_override"}) == (
        "asked", "10.00", True,
    )  # fmt: skip
    everybody = as_role(shop, "leader", "manager", "branch_gm", login="zhou")
    grant(everybody, "change", asked.number, seen_version=1)
    assert fees(shop) == ("5.00", "80.00", "5.00", WHY, "zhou")


def test_an_agreed_fee_stands_while_the_rules_stays_the_same(shop: Desk) -> None:
    agreed_free(shop)
    asked = changed(shop, lines=(LineChange(position=1, quantity=2),))
    assert (asked.old_total, asked.new_total) == (Decimal("75.00"), Decimal("50.00"))
    assert "fee_override" not in {one.occasion for one in asked.waits}


def test_an_agreed_fee_falls_when_the_rules_changes(shop: Desk) -> None:
    taken(shop, fee=Decimal("5.00"), fee_reason=WHY)
    grant(leader(shop), "order", NUMBER, seen_version=1)
    asked = changed(shop, lines=(LineChange(position=1, quantity=4),))
    grant(as_role(shop, "leader", "manager", login="zhou"), "change", asked.number, seen_version=1)
    assert fees(shop) == ("0.00", "100.00", "None", "", "")


def test_a_change_before_the_yes_asks_for_the_fee_again(shop: Desk) -> None:
    taken(shop, fee=Decimal(0), fee_reason=WHY)
    made = changed(shop, lines=(LineChange(position=1, quantity=2),))
    assert (made.order_state, [one.occasion for one in made.waits]) == ("review", ["fee_override"])
    assert fees(shop) == ("0.00", "50.00", "0.00", WHY, "")


def test_the_paper_says_that_the_fee_is_agreed(shop: Desk) -> None:
    agreed_free(shop)
    assert "送货费（另议）" in text(sheet_of(shop, NUMBER), cells=80)
    assert [fault for found in check(shop) if "search" not in found.name for fault in found.faults] == []
