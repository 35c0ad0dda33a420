"""What the bottom of the intake says beside the promise."""

from datetime import timedelta

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment import case_queries
from screens.intake.totals import makes_it
from tests.builders import a_customer, a_draft, an_item

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_wave_that_takes_this_order_today_says_how_long_it_waits(desk: Desk) -> None:
    a_customer(desk, size_class="key")
    an_item(desk, stock=10)
    desk.clock.advance(timedelta(minutes=113))  # type: ignore[attr-defined]
    told = makes_it(case_queries.case(desk, a_draft(("A4-80", 1))))
    assert told == "13:00 wave closes in 7 min, this order still makes it"
    desk.clock.advance(timedelta(minutes=8))  # type: ignore[attr-defined]
    assert makes_it(case_queries.case(desk, a_draft(("A4-80", 1)))) == ""
