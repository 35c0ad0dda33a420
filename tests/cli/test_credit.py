"""Credit and size classes from the command line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ordersdesk.cli.kit.opening import at_work, by_itself
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import SystemClock
from ordersdesk.orders.entry.history_actions import PastLine, PastOrder, add_history
from tests.cli.conftest import Command, setting

APPLY = ("customers", "credit", "apply", "C000001", "--limit", "20000", "--days", "30", "--report", "Pays well.")


@pytest.fixture
def regular(home: Path) -> None:
    """C000001 bought for 6,000 in each of the last full months, and before."""
    asked = setting(home)
    desk = by_itself(at_work(asked, Database(asked.url)))
    month = SystemClock().now().astimezone(desk.zone).date().replace(day=1)
    orders: list[PastOrder] = []
    for place in range(4):
        month = (month - timedelta(days=1)).replace(day=1)
        orders.append(_past(place, month))
    desk.database.write(lambda session: add_history(desk, session, orders))
    desk.database.close()


def _past(place: int, day: date) -> PastOrder:
    amount = Decimal(6000)
    line = PastLine(1, "A4-80", "A4复印纸", "包", 240, Decimal(25), amount)
    return PastOrder(
        key=f"h{place}", number=f"H{place}", customer_id=1, customer_name="明远办公", day=day, lines=(line,)
    )


def test_an_application_names_who_decides(command: Command, regular: None) -> None:
    done = command(*APPLY)
    assert (done.code, "20,000.00, 30 days." in done.out) == (0, True)
    assert "Waits for: office supervisor, sales manager, finance, branch GM." in done.out
    assert [
        one["state"] for one in command("--json", "customers", "credit", "show", "C000001").json()["applications"]
    ] == ["asked"]


def test_who_does_not_meet_it_is_told_all_of_it(command: Command) -> None:
    done = command(*APPLY)
    assert (done.code, done.out) == (1, "")
    assert [word in done.err for word in ("CUS-7", "months of trade: 0 (3 needed)", "0.00 (5,000.00 needed)")] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("option", "value", "field"), [("--limit", "plenty", "limit"), ("--limit", "-1", "limit"), ("--days", "x", "days")]
)
def test_a_wrong_figure_is_refused_at_its_field(
    command: Command, regular: None, option: str, value: str, field: str
) -> None:
    no = command("--json", *APPLY, option, value).json()["refused"]
    assert (no["rule"], no["field"], bool(no["mend"])) == ("CUS-7", field, True)


def test_show_says_what_credit_needs_and_whether_it_is_met(command: Command, regular: None) -> None:
    out = command("customers", "credit", "show", "C000001").out
    assert [word in out for word in ("cash on delivery", "bought a month on average: 6,000.00", "yes")] == [True] * 3


def test_a_review_is_due_and_done(command: Command, home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "credit.csv"
    sheet.write_text(
        "Customer number,Name,Territory,Terms,Credit limit,Credit days,"
        "Next credit review,Opening balance,Balance due on\n"
        "C000001,明远办公,浦东,account,8000,30,2026-01-05,300.00,2026-01-31\n",
        encoding="utf-8",
    )
    assert command("import", "customers", str(sheet), "--commit").code == 0
    due = command("--json", "customers", "credit", "review").json()
    assert [(one["number"], one["has_lapsed"], one["overdue"]) for one in due] == [("C000001", True, "300.00")]
    done = command("customers", "credit", "review", "C000001", "--withdraw", "--report", "Moved away.")
    assert (done.code, "prepaid from now on" in done.out) == (0, True)
    assert command("customers", "credit", "review").out == "No review is due.\n"


def test_a_decision_without_a_customer_is_no_list(command: Command) -> None:
    assert command("customers", "credit", "review", "--withdraw").code == 2


def test_leads_are_kept_listed_and_closed(command: Command) -> None:
    assert "明远办公" in command("--user", "lin", "customers", "credit", "leads", "--keep", "C000001").out
    assert "Nobody waits" in command("customers", "credit", "leads", "--close", "C000001", "--note", "too small").out
    assert [one["outcome"] for one in command("--json", "customers", "credit", "leads", "--all").json()] == [
        "too small"
    ]


def test_classes_are_proposed_and_accepted(command: Command, regular: None) -> None:
    assert [one["after"] for one in command("--json", "customers", "classes").json()] == ["key"]
    refused = command("--user", "lin", "customers", "classes", "--accept")
    assert (refused.code, "USR-2" in refused.err) == (1, True)
    assert "key customer" in command("customers", "classes", "C000001", "--accept").out
    assert command("customers", "classes").out == "Every class is right.\n"
