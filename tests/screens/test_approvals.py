"""The approver's queue: one key a document, nothing decided that was not on the screen (ORD-11, ORD-13, USR-3)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update
from textual.pilot import Pilot

from ordersdesk.approvals.queries import waiting_count
from ordersdesk.deciding import deny, grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.entry.correcting_queries import as_draft
from ordersdesk.orders.model.queries import ORDER
from screens.approvals.deciding_screen import DecidingScreen
from screens.approvals.screen import ApprovalsScreen
from screens.order.screen import OrderScreen
from screens.widgets.lines import Lines
from tests.approvals.asking import gm, manager
from tests.builders import a_customer, a_draft, an_item, as_role, request_cancel
from tests.credit.making import a_regular, applied
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def routine(desk: Desk, count: int, *, first: int = 1) -> list[str]:
    """So many orders on monthly account, each of another customer, in the order of the queue."""
    if first == 1:
        an_item(desk, stock=10_000)
    numbers: list[str] = []
    for place in range(first, first + count):
        customer = f"C{200_000 + place}"
        a_customer(desk, customer, name=f"客户 [/] {place}", terms="account", credit_limit=Decimal(1_000_000))
        numbers.append(submit(desk, a_draft(("A4-80", place), customer=customer, payment="account")).number)
    return numbers


def states(desk: Desk, numbers: Sequence[str]) -> list[str]:
    return [by_number(desk, number).head.state for number in numbers]


@asynccontextmanager
async def at_the_queue(
    desk: Desk, home: Path, role: str = "manager", *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[int]]:
    """Liu, who approves, at the queue."""
    async with seated(desk, home, role, login="liu", size=size) as pilot:
        await type_keys(pilot, "<Ctrl+P>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, ApprovalsScreen))
        yield pilot


async def test_twenty_routine_orders_take_one_key_each_and_one_to_begin(desk: Desk, tmp_path: Path) -> None:
    numbers = routine(desk, 20)
    async with at_the_queue(desk, tmp_path) as pilot:
        await wait_for(pilot, "20 in the queue", numbers[0])
        await type_keys(pilot, "<Enter>")
        keys = 1
        for place, number in enumerate(numbers):
            await wait_for(pilot, f"Approval {number}", f"客户 [/] {place + 1}", "Waits for manager")
            await type_keys(pilot, "gG"[place % 2])  # with caps lock too
            keys += 1
        await wait_for(pilot, f"{numbers[-1]} is confirmed.", "0 in the queue", "Nothing waits for you.")
        assert states(desk, numbers) == ["confirmed"] * 20
        assert keys <= 2 * len(numbers)


async def test_keys_typed_ahead_decide_no_document_that_was_not_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    numbers = routine(desk, 4)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>gg")
        await wait_for(pilot, f"Approval {numbers[1]}", f"{numbers[0]} is confirmed.", "kept: g")
        assert states(desk, numbers) == ["confirmed", "review", "review", "review"]
        await type_keys(pilot, "<Ctrl+R>dpay first, say g<Enter>gng")
        await wait_for(pilot, f"Approval {numbers[2]}", f"{numbers[1]} is confirmed.", "kept: dpay first, say g⏎gng")
        await type_keys(pilot, "<Ctrl+R>")
        await wait_for(pilot, f"Approval {numbers[3]}", f"{numbers[2]} is rejected.", "kept: gng")
        assert states(desk, numbers) == ["confirmed", "confirmed", "rejected", "review"]
    assert "pay first, say g" in [row.note for row in by_number(desk, numbers[2]).story]


async def test_what_is_passed_over_takes_no_key_typed_ahead_to_the_next(desk: Desk, tmp_path: Path) -> None:
    numbers = routine(desk, 2)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>ng")
        await wait_for(pilot, f"Approval {numbers[1]}", f"{numbers[0]} is passed over", "kept: g")
        assert states(desk, numbers) == ["review", "review"]


async def test_keys_for_one_that_a_colleague_decided_do_not_decide_the_next(desk: Desk, tmp_path: Path) -> None:
    first, second, third = numbers = routine(desk, 3)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, f"Approval {first}")
        grant(manager(desk), "order", second, seen_version=1)
        await type_keys(pilot, "gdno<Enter>")
        await wait_for(pilot, f"Approval {third}", f"wang granted {second} at 11-23 10:00", "kept: dno⏎")
        assert states(desk, numbers) == ["confirmed", "confirmed", "review"]
        await type_keys(pilot, "<Ctrl+R>")
        await wait_for(pilot, f"{third} is rejected.", "0 in the queue")


async def test_a_refused_decision_says_why_and_the_queue_goes_on_without_the_keys_behind_it(
    desk: Desk, tmp_path: Path
) -> None:
    first, second = numbers = routine(desk, 2)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, f"Approval {first}")
        deny(manager(desk), "order", first, seen_version=1, reason="not now")
        await type_keys(pilot, "gg")
        await wait_for(pilot, f"Approval {second}", f"wang denied {first}", "kept: g")
        assert states(desk, numbers) == ["rejected", "review"]


async def test_what_changed_underneath_is_told_and_not_granted(desk: Desk, tmp_path: Path) -> None:
    first, second = numbers = routine(desk, 2)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, f"Approval {first}")
        moved = update(ORDER).where(ORDER.c.number == first).values(version=2, address="外滩1号")
        desk.database.write(lambda session: session.connection().execute(moved) and None)
        await type_keys(pilot, "g")
        await wait_for(pilot, f"Approval {second}", "Address: 张江路88号 → 外滩1号")
        assert states(desk, numbers) == ["review", "review"]


async def test_one_that_changed_since_it_was_listed_gets_no_key_typed_ahead(desk: Desk, tmp_path: Path) -> None:
    first, second = numbers = routine(desk, 2)
    async with at_the_queue(desk, tmp_path) as pilot:
        moved = update(ORDER).where(ORDER.c.number == second).values(version=2, address="外滩1号")
        desk.database.write(lambda session: session.connection().execute(moved) and None)
        await type_keys(pilot, "<Enter>gg")
        await wait_for(
            pilot, f"{second} has changed since it was listed.", "Changed since: Address: 张江路88号", "kept: g"
        )
        assert states(desk, numbers) == ["confirmed", "review"]
        assert first == numbers[0]


async def test_what_comes_in_meanwhile_waits_at_the_end_and_is_not_slipped_in(desk: Desk, tmp_path: Path) -> None:
    numbers = routine(desk, 2)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>")
        numbers += routine(desk, 1, first=3)
        await type_keys(pilot, "g")
        await type_keys(pilot, "g")
        await wait_for(pilot, "1 in the queue", numbers[2])
        assert states(desk, numbers) == ["confirmed", "confirmed", "review"]


async def test_nobody_sees_their_own_requests_in_their_queue(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, stock=100)
    a_customer(desk, terms="account", credit_limit=Decimal(1_000_000))
    submit(as_role(desk, "manager", login="liu"), a_draft(("A4-80", 5), payment="account"))
    async with at_the_queue(desk, tmp_path) as pilot:
        await wait_for(pilot, "Nothing waits for you.")
        await type_keys(pilot, "v")
        await wait_for(pilot, "Every order in review", "明远办公")


async def test_a_no_needs_a_reason_and_esc_takes_it_back(desk: Desk, tmp_path: Path) -> None:
    (number,) = routine(desk, 1)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>d<Enter>")
        await wait_for(pilot, "Why not?", "This is needed.")
        await type_keys(pilot, "<Esc>")
        await wait_until(pilot, lambda: "Why not?" not in screen_text(pilot.app))
        assert isinstance(desk_of(pilot).screen, DecidingScreen)
        assert states(desk, [number]) == ["review"]


async def test_the_page_tells_what_an_approver_must_know(desk: Desk, tmp_path: Path) -> None:
    (number,) = routine(desk, 1)
    async with at_the_queue(desk, tmp_path, size=(100, 40)) as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(
            pilot, number, "Waits for manager: The order goes on monthly account.", "Asked by", "lin, 10:00",
            "60 min · 11:00", "who approves, answers (USR-4)", "1,000,000.00, 35.00 open, 999,965.00 left",
            "复印纸 A4-80", "35.00", "Next working day",
        )  # fmt: skip


async def test_o_opens_the_orders_own_page_and_esc_comes_back(desk: Desk, tmp_path: Path) -> None:
    (number,) = routine(desk, 1)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter>o")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, OrderScreen))
        await type_keys(pilot, "<Esc>g")
        await wait_for(pilot, f"{number} is confirmed.", "Nothing waits for you.")


async def test_a_large_order_goes_on_to_the_branch_gm(desk: Desk, tmp_path: Path) -> None:
    routine(desk, 1)
    a_customer(desk, name="大单", terms="account", credit_limit=Decimal(1_000_000))
    number = submit(desk, a_draft(("A4-80", 4000), payment="account")).number
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Down><Enter>g")
        await wait_for(pilot, f"{number} is in review. It still waits for 1 yes.")
    assert waiting_count(gm(desk)) == 1


async def test_f_shows_one_reason_after_the_other(desk: Desk, tmp_path: Path) -> None:
    routine(desk, 2)
    a_customer(desk, "C900001", name="欠款客户", terms="cash", overdue=Decimal(500))
    submit(desk, a_draft(("A4-80", 5), customer="C900001"))
    async with at_the_queue(desk, tmp_path) as pilot:
        await wait_for(pilot, "every reason", "3 in the queue")
        await type_keys(pilot, "f")
        await wait_for(pilot, "order on monthly account · 2 in the queue")
        await type_keys(pilot, "f")
        await wait_for(pilot, "customer is overdue · 1 in the queue", "欠款客户")
        await type_keys(pilot, "f")
        await wait_for(pilot, "every reason · 3 in the queue")


async def test_a_supervisor_sees_every_order_in_review_and_opens_its_page(desk: Desk, tmp_path: Path) -> None:
    (number,) = routine(desk, 1)
    async with at_the_queue(desk, tmp_path, "leader") as pilot:
        await wait_for(pilot, "Nothing waits for you.")
        await type_keys(pilot, "v")
        await wait_for(pilot, "Every order in review", number, "manager", "order on mont")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, OrderScreen))
        assert "Grant" not in screen_text(pilot.app)


async def test_a_long_queue_is_read_page_by_page_in_its_order(desk: Desk, tmp_path: Path) -> None:
    numbers = routine(desk, 130)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<End>")
        await wait_for(pilot, numbers[-1], "130 in the queue")
        lines = desk_of(pilot).screen.query_one("#queue", Lines)
        assert [lines.row(n).data.first.document for n in (0, 99, 100, 129)] == [numbers[n] for n in (0, 99, 100, 129)]  # type: ignore[union-attr]


async def test_who_answers_for_nothing_has_no_approvals(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        assert "Approvals" not in screen_text(pilot.app)
        await type_keys(pilot, "<Ctrl+P>")
        await wait_for(pilot, "Ctrl+P (Approvals) does nothing here.")


async def test_home_tells_how_many_wait_and_enter_goes_there(desk: Desk, tmp_path: Path) -> None:
    routine(desk, 2)
    async with seated(desk, tmp_path, "manager", login="liu") as pilot:
        await wait_for(pilot, "Approvals", "2 wait for your yes")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, ApprovalsScreen))


async def test_who_took_an_order_that_a_colleague_corrected_finds_it_in_no_queue(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, stock=100)
    a_customer(desk, terms="account", credit_limit=Decimal(1_000_000))
    number = submit(as_role(desk, "manager", login="liu"), a_draft(("A4-80", 5), payment="account")).number
    deny(manager(desk), "order", number, seen_version=1, reason="less")
    submit(desk, as_draft(desk, number))
    async with seated(desk, tmp_path, "manager", login="liu") as pilot:
        assert "for your yes" not in screen_text(pilot.app)
        await type_keys(pilot, "<Ctrl+P>")
        await wait_for(pilot, "0 in the queue", "Nothing waits for you.")


async def test_the_language_changes_on_the_page_and_in_the_queue(desk: Desk, tmp_path: Path) -> None:
    (number,) = routine(desk, 1)
    async with at_the_queue(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Enter><Ctrl+L>")
        await wait_for(pilot, f"审批 {number}", "本单为月结（")
        await type_keys(pilot, "g")
        await wait_for(pilot, "等您审批", "已确认")


async def test_a_credit_application_shows_its_evidence_and_who_said_yes_before(desk: Desk, tmp_path: Path) -> None:
    a_regular(desk)
    number = applied(desk).number
    grant(as_role(desk, "office_supervisor", login="fang"), "credit", number, seen_version=1)
    async with at_the_queue(desk, tmp_path, "finance", size=(100, 40)) as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(
            pilot, f"Approval {number}", "Waits for finance", "granted  credit: office supervisor · fang",
            "Months of trade", "Average a month", "20,000.00",
        )  # fmt: skip
        await type_keys(pilot, "o<Esc>g")
        await wait_for(pilot, f"{number} is being decided. It still waits for 2 more.", "Nothing waits for you.")


async def test_a_cancellation_is_decided_in_the_same_queue(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, stock=100)
    a_customer(desk)
    number = submit(desk, a_draft(("A4-80", 4))).number
    asked = request_cancel(desk, number=number, reason="bought twice").number
    async with at_the_queue(desk, tmp_path, "leader") as pilot:
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, f"Approval {asked}", "bought twice", "The whole order is to be cancelled")
        await type_keys(pilot, "g")
        await wait_for(pilot, f"{asked} is applied.", "Nothing waits for you.")
        assert states(desk, [number]) == ["cancelled"]
