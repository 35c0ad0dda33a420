"""Two who apply for one customer at the same moment make one application."""

from __future__ import annotations

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.concurrency.together import at_once
from tests.credit.making import a_regular, applied, stands


def test_two_applications_at_once_are_one(desk: Desk) -> None:
    a_regular(desk)
    done = at_once([lambda: applied(desk, limit="10000"), lambda: applied(desk, limit="20000")])
    refused = [one for one in done if isinstance(one, Refused)]
    assert ([one.rule for one in refused], len(stands(desk).applications)) == (["CUS-7"], 1)
