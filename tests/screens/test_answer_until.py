"""How long there is to answer, and until when, each said once."""

from __future__ import annotations

from datetime import datetime

import pytest

from ordersdesk.foundation.desk import Desk
from screens.widgets.times import answer_until

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-11-23T09:30", "late 30 min · 09:30"),
        ("2026-11-23T10:20", "20 min · 10:20"),
        ("2026-11-23T17:30", "17:30"),
        ("2026-11-24T09:30", "Tue 24 Nov 09:30"),
    ],
)
def test_the_day_is_said_once(desk: Desk, due: str, said: str) -> None:
    assert answer_until(desk, datetime.fromisoformat(due).replace(tzinfo=desk.zone)) == said
