"""The inbox: no numbered document sinks; each state that waits for a person is on somebody's home (ORD-16)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.deciding import deny
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import ROLE_NAMES, Role
from ordersdesk.inbox_queries import INBOX, PASSED_THROUGH
from ordersdesk.kinds import KINDS
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import submit
from screens.home.waiting import read
from tests.builders import a_customer, a_draft, an_item, as_role
from tests.delivery.building import a_slip, an_order
from tests.delivery.roads import a_sheet, dispatcher, on_the_road

WAITING = [(kind.flow.kind, state) for kind in KINDS.values() for state in kind.flow.states
           if any(state in verb.from_ and set(verb.to) - {state} for verb in kind.flow.verbs)]  # fmt: skip


def lines(desk: Desk, home: Path, role: str, login: str = "mei") -> list[tuple[str, str]]:
    """What and why of every line on somebody's home."""
    return [(row.cells[0], row.cells[2]) for row in read(as_role(desk, role, login=login), home).rows]


@pytest.mark.parametrize(("kind", "state"), WAITING)
def test_every_state_that_can_be_left_waits_for_somebody(kind: str, state: str) -> None:
    roles = {role for one in INBOX if one.kind == kind and state in one.states for role in one.roles}
    assert bool(roles) != ((kind, state) in PASSED_THROUGH)
    assert roles <= set(ROLE_NAMES)


def test_the_inbox_names_only_states_there_are() -> None:
    assert [one for one in INBOX if not set(one.states) <= set(KINDS[one.kind].flow.states)] == []


def test_a_pulled_back_order_stands_with_its_agent_until_it_is_entered_again(desk: Desk, tmp_path: Path) -> None:
    regret(desk, an_order(desk))
    wanted = ("Pulled back", "correct it, or tell the customer")
    assert [wanted in lines(desk, tmp_path, *who) for who in (("agent", "lin"), ("agent",), ("leader",))] == [
        True, False, True,
    ]  # fmt: skip


def test_a_denied_order_stands_with_its_agent_and_nobody_elses(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, terms="account")
    an_item(desk, stock=100)
    number = submit(desk, a_draft(("A4-80", 5), payment="account")).number
    deny(as_role(desk, "manager"), "order", number, seen_version=by_number(desk, number).head.version, reason="no")
    wanted = ("Rejected", "correct it, or tell the customer")
    assert [wanted in lines(desk, tmp_path, *who) for who in (("agent", "lin"), ("agent",))] == [True, False]


def test_an_order_in_review_stands_only_with_whom_it_concerns(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, terms="account")
    an_item(desk, stock=100)
    submit(desk, a_draft(("A4-80", 5), payment="account"))
    shown = {role for role in Role if "In review" in [title for title, _why in lines(desk, tmp_path, role)]}
    assert shown == next(one.roles for one in INBOX if one.title == "In review")


@pytest.mark.parametrize(
    ("state", "role", "title"),
    [("made", "order_group", "To print"), ("printed", "warehouse", "To pick"), ("picked", "dispatcher", "To load")],
)
def test_slips_wait_for_whoever_has_the_next_step(
    desk: Desk, tmp_path: Path, state: str, role: str, title: str
) -> None:
    for _each in range(2):
        a_slip(desk, state=state)
    assert lines(desk, tmp_path, role) == [(title, "the oldest of 2 that wait")]


def test_orders_to_allocate_wait_for_the_order_group_while_goods_are_on_no_slip(desk: Desk, tmp_path: Path) -> None:
    an_order(desk)
    assert lines(desk, tmp_path, "order_group") == [("To allocate", "1 waits")]


@pytest.mark.parametrize(("payment", "collected"), [("cash", "3.00"), ("account", None)])
def test_what_was_delivered_and_not_paid_waits_for_finance(
    desk: Desk, tmp_path: Path, payment: str, collected: str | None
) -> None:
    a_customer(desk, "C100001", terms="account", credit_limit=9000)
    money = Handed(collected=Decimal(collected), why="forgot the purse") if collected else None
    delivered(dispatcher(desk), on_the_road(desk, customer="C100001", payment=payment), money)
    assert ("Delivered, not paid", "1 waits") in lines(desk, tmp_path, "finance")
    assert lines(desk, tmp_path, "order_group") == []


def test_a_sheet_that_is_being_loaded_waits_for_the_dispatcher(desk: Desk, tmp_path: Path) -> None:
    a_sheet(desk, a_slip(desk, state="picked").head.number)
    assert lines(desk, tmp_path, "dispatcher") == [("To depart", "1 slip is loaded, leaves Mon 23 Nov 12:00")]


@pytest.mark.parametrize(("who", "told"), [(("agent", "lin"), True), (("agent", "mei"), False), (("finance",), True)])
def test_trouble_waits_for_the_agent_of_its_order_and_the_road(
    desk: Desk, tmp_path: Path, who: Any, told: bool
) -> None:
    note_trouble(dispatcher(desk), on_the_road(desk), kind="damaged", cause="fell off")
    assert (("Trouble", "damaged: fell off. Tell the customer.") in lines(desk, tmp_path, *who)) == told
