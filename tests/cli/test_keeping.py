"""Merging and blocking customers from the command line (CUS-5, CUS-11)."""

from __future__ import annotations

from ordersdesk.cli.kit.opening import at_work, by_itself
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.store.database import Database
from tests.cli.conftest import Command, setting

ORDER = '{"customer": "C000001", "contact": "王芳", "phone": "13800138000", "address": "上海市张江路88号"}'


def test_two_records_of_one_customer_become_one(command: Command, home) -> None:
    asked = setting(home)
    desk = by_itself(at_work(asked, Database(asked.url)))
    create(
        desk, NewCustomer(name="明远", contact="李", phone="62345678", address="上海市浦东大道1号", territory="浦东")
    )
    desk.database.close()
    done = command("customers", "merge", "C000001", "c000002")
    assert (done.code, done.out) == (0, "C000002 is part of C000001 明远办公 now; its number still finds it.\n")
    assert [one["number"] for one in command("--json", "customers", "find", "C000002").json()] == ["C000001"]
    again = command("customers", "merge", "C000001", "C000002")
    assert (again.code, "CUS-5" in again.err) == (1, True)


def test_a_blocked_customer_orders_nothing_until_a_manager_lifts_it(command: Command, tmp_path) -> None:
    assert (
        command("customers", "block", "C000001").code,
        command("customers", "block", "C9", "--reason", "x").code,
    ) == (1, 1)
    assert "is blocked: Bankrupt" in command("customers", "block", "C000001", "--reason", "Bankrupt").out
    (tmp_path / "order.json").write_text(ORDER, encoding="utf-8")
    assert "This customer is blocked: Bankrupt." in command("orders", "submit", str(tmp_path / "order.json")).err
    assert "may order again" in command("customers", "unblock", "C000001", "--note", "Paid").out
    assert "is blocked" not in command("orders", "submit", str(tmp_path / "order.json")).err


def test_an_agent_merges_and_blocks_nobody(command: Command) -> None:
    for args in (("merge", "C000001", "C000001"), ("block", "C000001", "--reason", "x"), ("unblock", "C000001")):
        refused = command("--user", "lin", "customers", *args)
        assert (refused.code, "USR-2" in refused.err) == (1, True)
