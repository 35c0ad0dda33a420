"""A list that ends before what was found does says so (CUS-2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.catalogue.pages.repair_actions import repair_terms as repair_item_terms
from ordersdesk.customers.records.repair_actions import repair_terms
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer, an_item, as_role
from tests.screens.acting import screen_text, settled, type_keys
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MORE = "There are more than 20: go on typing."


@pytest.mark.parametrize(("there", "said"), [(20, False), (21, True)])
@pytest.mark.parametrize("area", ["customer", "intake", "stock"])
async def test_more_than_a_list_shows_is_said(desk: Desk, tmp_path: Path, area: str, there: int, said: bool) -> None:
    for place in range(there):
        a_customer(desk, f"C{300_000 + place}", name=f"Lotus {place}")
        an_item(desk, f"LOT-{place}", name="Lotus")
    repair_terms(as_role(desk, "admin"))
    repair_item_terms(as_role(desk, "admin"))
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).go_to(area)
        await type_keys(pilot, "lotus")
        await settled(pilot)
        assert ("Lotus" in screen_text(pilot.app), MORE in screen_text(pilot.app)) == (True, said)
