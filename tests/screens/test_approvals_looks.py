"""How the approvals look: text of every screen in both languages and sizes (`pytest --snapshot-update` writes anew)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ordersdesk.changing import request
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.terms.change_draft import Change, LineChange
from tests.builders import a_customer, a_draft, agreed, an_item
from tests.screens.acting import screen_text, settled, type_keys
from tests.screens.seated import seated
from tests.screens.test_looks import SIZES_AND_LANGUAGES

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# Where to go, and the keys that lead there from the stop before.
WALK = (
    ("home", ""),
    ("queue", "<Ctrl+P>"),
    ("order to decide", "<Enter>"),
    ("why not", "d"),
    ("next to decide", "<Esc>g"),
    ("change to decide", "n"),
    ("one reason", "<Esc>f"),
    ("all in review", "v"),
    ("order page", "<Enter>"),
    ("order rejected", "dpay first<Enter>"),
)


def waiting(desk: Desk) -> None:
    """Two orders on account, one of a key customer who is overdue, and a change."""
    an_item(desk, stock=10_000)
    key = {"terms": "account", "credit_limit": Decimal(5_000), "size_class": "key", "overdue": Decimal("860.00")}
    a_customer(desk, "C100001", **key)
    a_customer(desk, "C100002", name="蓝鲸科技", terms="account", credit_limit=Decimal(1_000_000))
    a_customer(desk, "C100003", name="A [/] B")
    for customer in ("C100001", "C100002"):
        agreed(desk, a_draft(("A4-80", 20), customer=customer, payment="account"))
    number = agreed(desk, a_draft(("A4-80", 40), customer="C100003")).number
    request(desk, Change(order=number, reason="needs more", lines=(LineChange(position=1, quantity="55"),)))


@pytest.mark.parametrize(("size", "code"), SIZES_AND_LANGUAGES)
async def test_every_screen_of_approvals_in_text(
    desk: Desk, tmp_path: Path, snapshot: SnapshotAssertion, size: tuple[int, int], code: str
) -> None:
    waiting(desk)
    async with seated(desk, tmp_path, "manager", login="liu", size=size, language=code) as pilot:
        for place, keys in WALK:
            await type_keys(pilot, keys)
            await settled(pilot)
            assert screen_text(pilot.app) == snapshot(name=place)
