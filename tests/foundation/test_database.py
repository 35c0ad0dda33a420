"""What reaches the database is text, whichever database it is (FIL-3)."""

from __future__ import annotations

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import as_draft
from tests.builders import cancel

# Half a character, as a file name that is no UTF-8 gives it, and a zero byte: one database finds nothing, one stops.
NO_TEXT = ["SO\udcff", "\ud800", "SO20261123-0001\x00", "\x00"]


@pytest.mark.parametrize("number", NO_TEXT)
def test_a_number_that_is_no_text_is_refused_by_reads(desk: Desk, number: str) -> None:
    with pytest.raises(Refused) as refused:
        as_draft(desk, number)
    assert (refused.value.rule in ("FIL-3", "ORD-9"), refused.value.mend != "") == (True, True)


@pytest.mark.parametrize("number", NO_TEXT)
def test_a_number_that_is_no_text_is_refused_by_writes(desk: Desk, number: str) -> None:
    with pytest.raises(Refused) as refused:
        cancel(desk, number=number, version=1, reason="ordered twice")
    assert (refused.value.rule in ("FIL-3", "ORD-9"), refused.value.mend != "") == (True, True)
