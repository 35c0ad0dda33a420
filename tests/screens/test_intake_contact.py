"""Whom to ask for: a contact that is missing is asked for where it can be seen and typed (ORD-1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.calls.queries import unfinished
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from screens.customer.newcomer import Newcomer
from screens.intake.terms import Terms
from tests.screens.acting import type_keys, wait_for
from tests.screens.intake import at_the_intake, furnished, intake

FIRST = "SO20261123-0001"
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def focused_field(pilot: Pilot[int]) -> tuple[bool, str | None]:
    """Whether the cursor is in the terms on the screen, and in which field."""
    at, terms = pilot.app.focused, intake(pilot).query_one(Terms)
    assert at is not None
    assert at.parent is not None
    return terms in at.ancestors and at.region.height > 0, at.parent.id


NOBODY_NAMED = "13966665555<Enter>新星文具<Enter><Enter><Enter>浦东新区世纪大道1号<Enter><Enter>"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_missing_contact_is_asked_for_in_the_terms_and_not_in_a_hidden_form(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_intake(furnished(desk), tmp_path, size=size) as pilot:
        await type_keys(pilot, NOBODY_NAMED + "A4-80<Enter>20<Enter><F9>")
        await wait_for(pilot, "The contact is missing.")
        assert focused_field(pilot) == (True, "field-contact")
        await type_keys(pilot, "李明<F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is done.")
    assert by_number(desk, FIRST).head.contact == "李明"


async def test_a_resumed_intake_asks_for_the_contact_in_the_terms_too(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, NOBODY_NAMED + "A4-80<Enter>20<Enter><F8>")
        await wait_for(pilot, "The call is parked")
        await intake(pilot).resume(unfinished(desk)[0].key)
        await wait_for(pilot, "新星文具", "A4-80")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "The contact is missing.")
        assert focused_field(pilot) == (True, "field-contact")
        await type_keys(pilot, "<F4><Enter><F9>")
        await wait_for(pilot, "is confirmed. Read it back")
    assert by_number(desk, FIRST).head.contact == "新星文具"


async def test_f9_beside_a_hidden_form_of_a_new_customer_is_the_orders(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>3<Enter>")
        intake(pilot).query_one(Newcomer).form.field("contact").input.focus()
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is confirmed. Read it back")


async def test_a_new_customer_begun_beside_a_known_one_is_resumed_with_the_cursor_in_it(
    desk: Desk, tmp_path: Path
) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>3<Enter><Up><Up>13966665555<Enter>新星文具<F8>")
        await wait_for(pilot, "The call is parked")
        await intake(pilot).resume(unfinished(desk)[0].key)
        await wait_for(pilot, "新星文具", "13966665555")
        await type_keys(pilot, "社")
        assert "社" in "".join(intake(pilot).query_one(Newcomer).form.values().values())
