"""What `check --fix` sets right, on either database (DB-4)."""

from __future__ import annotations

import pytest

from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer, an_item, as_role


@pytest.mark.parametrize(("make", "name"), [(a_customer, "customers"), (an_item, "items")])
def test_search_terms_that_are_missing_are_made_anew(desk: Desk, make: object, name: str) -> None:
    make(desk)  # type: ignore[operator]
    found = check(as_role(desk, "admin"), fix=True)
    assert [one.mended for one in found if one.name == f"search terms of {name}"] == [1]
    assert [fault for one in check(desk) for fault in one.faults] == []
