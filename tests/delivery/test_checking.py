"""`check` finds what slips, orders and stock do not agree about."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from tests.delivery.building import a_slip
from tests.delivery.counting import faults


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (
            "UPDATE order_line SET allocated = 9",
            "ORD-3: SO20261123-0001, line 1: allocated is 9; its slips make 10.",
        ),
        (
            "UPDATE slip SET due = 1",
            "PAY-6: SL20261123-0001: goods 250.00 + fee 0.00 − deposit 0.00 = 0.01, but its lines make 250.00.",
        ),
        (
            "UPDATE reservation SET quantity = 4",
            "STK-3: SO20261123-0001: 10 of item 1 are on its slips, 4 are reserved.",
        ),
        ("UPDATE slip SET number = 'SL20261123-0002'", "ORD-2: Number SH SL20261123-0001 is missing."),
        (
            "UPDATE slip SET state = 'printed'",
            "ORD-8: delivery slip SL20261123-0001 is printed, its timeline says made.",
        ),
    ],
)
def test_what_does_not_agree_is_found(desk: Desk, harm: str, found: str) -> None:
    a_slip(desk)
    assert faults(desk) == []
    desk.database.write(lambda session: session.connection().execute(text(harm)))
    assert found in [f"{fault.rule}: {fault.what}" for each in check(desk) for fault in each.faults]
