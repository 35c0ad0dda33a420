"""How far an order's goods are, from its lines."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ordersdesk.orders.terms.delivery_status import DELIVERIES, delivery_track


@dataclass(frozen=True)
class Line:
    quantity: int
    allocated: int = 0
    released: int = 0
    delivered: int = 0


@pytest.mark.parametrize(
    ("lines", "track"),
    [
        ([], "none"),
        ([Line(5)], "none"),
        ([Line(0), Line(5, 5)], "allocated"),
        ([Line(5, 2)], "partly allocated"),
        ([Line(5, 5), Line(3)], "partly allocated"),
        ([Line(5, 5), Line(3, 3, 3)], "partly released"),
        ([Line(5, 5, 5), Line(3, 3, 3)], "released"),
        ([Line(5, 5, 5, 5), Line(3, 3, 3)], "partly delivered"),
        ([Line(5, 5, 5, 5), Line(3)], "partly delivered"),
        ([Line(5, 5, 5, 5), Line(0)], "delivered"),
        ([Line(0)], "none"),
    ],
)
def test_the_track_is_as_far_as_all_lines_or_partly_as_the_furthest(lines: list[Line], track: str) -> None:
    assert delivery_track(lines) == track
    assert track in DELIVERIES
