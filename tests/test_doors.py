"""Every verb of every room has a door: some screen or command leads to it, and is missed when it goes."""

from __future__ import annotations

import ast

import pytest

from tests.doors import Name, actions, reached, sources

MODULES = sources()


def closed(*doors: str, name: str) -> set[Name]:
    """What nothing leads to once these modules no longer name it."""
    without = {door: ast.parse(ast.unparse(MODULES[door]).replace(name, "nothing_at_all")) for door in doors}
    return actions(MODULES) - reached(MODULES | without)


def test_every_action_is_reached_by_a_screen_or_a_command() -> None:
    assert sorted(actions(MODULES) - reached(MODULES)) == []


@pytest.mark.parametrize(
    ("doors", "name", "action"),
    [
        (
            ("ordersdesk.cli.records.keeping", "screens.customer.changes"),
            "merge",
            ("ordersdesk.orders.review.standing_actions", "merge"),
        ),
        (
            ("ordersdesk.cli.records.items", "screens.item.changes"),
            "end_price",
            ("ordersdesk.catalogue.prices.actions", "end_price"),
        ),
        (("ordersdesk.cli.records.receiving",), "receive", ("ordersdesk.orders.fulfilment.receipt_actions", "receive")),
    ],
)
def test_an_action_whose_doors_are_walled_up_is_missed(doors: tuple[str, ...], name: str, action: Name) -> None:
    assert action in actions(MODULES)
    assert closed(*doors, name=name) == {action}


def test_one_door_is_enough() -> None:
    assert closed("ordersdesk.cli.records.keeping", name="merge") == set()
