"""The demo desk: complete, believable in numbers, and loaded once however often it is asked for."""

from __future__ import annotations

from sqlalchemy import func, select

from ordersdesk.approvals.queries import queue
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.files.demo import home as demo
from ordersdesk.files.demo.door import LOGIN, PASSWORD
from ordersdesk.files.imports import plan
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.policy.roles import MACHINES, Role
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.people import queries as people
from ordersdesk.people.actions import sign_in
from ordersdesk.stock.queries import EXPECTED, STOCK, discrepancies, warehouses
from tests.builders import as_role


def held(desk: Desk) -> dict[str, int]:
    """Count what the desk holds."""
    with desk.reading() as session:
        tables = {"customers": CUSTOMER, "items": ITEM, "orders": ORDER, "lines": LINE}
        return {
            name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }


def test_the_demo_is_whole_and_loaded_once(desk: Desk) -> None:
    demo.load(desk)
    first = held(desk)
    demo.load(desk)

    assert held(desk) == first
    assert (first["customers"], first["items"] >= 300, first["orders"] > 1500, first["lines"] > 5000) == (
        500, True, True, True,
    )  # fmt: skip
    with desk.reading() as session:
        assert discrepancies(session) == []
        assert sorted({place.kind for place in warehouses(session)}) == ["main", "shop", "sibling"]
        assert session.connection().execute(select(func.count()).where(STOCK.c.on_hand == 0)).scalar_one() > 5
        assert session.connection().execute(select(func.count()).select_from(EXPECTED)).scalar_one() > 5


def test_every_role_has_somebody_and_the_agent_signs_in(desk: Desk) -> None:
    demo.load(desk)

    roles = {role for account in people.accounts(desk) for role in account.roles}
    assert roles == {role.value for role in Role if role not in MACHINES}
    assert sign_in(desk, login=LOGIN, password=PASSWORD).user.roles == {"agent"}


def test_something_waits_for_the_manager_and_for_the_branch_gm(desk: Desk) -> None:
    demo.load(desk)

    waiting = {role: queue(as_role(desk, role), limit=20) for role in ("manager", "branch_gm")}
    assert {role: sorted({each.occasion for each in rows}) for role, rows in waiting.items()} == {
        "manager": ["account_order", "overdue"],
        "branch_gm": ["large_order", "over_limit"],
    }


def test_no_row_of_the_demo_is_bad(desk: Desk) -> None:
    demo.load(desk)
    boss = desk.signed_in(SYSTEM)

    for part in demo.PARTS:
        mapping = data_path("demo", f"{part.file}.toml")
        planned = plan(
            boss,
            part.kind,
            data_path("demo", f"{part.file}.csv"),
            mapping if mapping.exists() else None,
            history=part.history,
        )
        assert (part.file, planned.problems.first(3)) == (part.file, [])
