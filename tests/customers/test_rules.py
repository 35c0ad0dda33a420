"""What two names have in common, and what a list may show."""

from __future__ import annotations

import pytest

from ordersdesk.customers import rules
from ordersdesk.customers.drafts import NewCustomer


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        *[
            ("上海大华文具有限公司", "上海大华文具公司", True),
            ("上海大华文具有限公司", "上海大华文具集团股份有限公司", True),
        ],
        *[("Acme Trading Co., Ltd.", "ACME trading", True), ("Café Müller GmbH", "cafe muller", True)],
        *[
            ("上海大华文具有限公司", "上海大江食品有限公司", False),
            ("张三", "张四", False),
            ("Acme", "Apex", False),
            ("公司", "", False),
        ],
    ],
)
def test_names_are_compared_without_their_legal_form(one: str, other: str, is_near: bool) -> None:
    assert (rules.alike(one, other) >= 80) is is_near


def test_a_list_shows_where_about_somebody_is() -> None:
    shown = [rules.masked_address(text) for text in ("上海市浦东新区张江路123号", "南京路1号", "x", "")]
    assert shown == ["上海市浦东新****", "南京****", "****", ""]


def test_all_that_is_missing_is_named() -> None:
    assert rules.missing(NewCustomer(phone="1")) == ["name", "address", "territory"]


def test_a_person_needs_no_invoice_particulars() -> None:
    complete = dict.fromkeys(rules.WANTED, "x") | {"tax_id": "", "invoice_title": ""}
    assert rules.incomplete(complete | {"kind": "person"}) == ()
    assert rules.incomplete(complete | {"kind": "company", "distance_km": 0}) == ("invoice_title", "tax_id")
