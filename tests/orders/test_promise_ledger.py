"""The promise ledger: every promise about an order, and what became of it (DLV-5, DLV-7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from ordersdesk import deciding
from ordersdesk.changing import request
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.orders.book import check_queries
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.queries import Filter, page
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.promise.ledger_actions import PROMISE, promise_again, promised, settle
from ordersdesk.orders.promise.queries import BROKEN, STANDING, PromiseFilter, promises, share
from ordersdesk.orders.terms.change_draft import Change, parsed
from ordersdesk.orders.terms.reasons import said_of
from tests.builders import a_customer, a_draft, an_item, as_role, request_cancel

ORDERED = ("order", "2026-11-24", "", "open")


@pytest.fixture(autouse=True)
def _ordered(desk: Desk):
    a_customer(desk)
    an_item(desk, stock=10)
    submit(desk, a_draft(("A4-80", 2)))


def ledger(desk: Desk) -> list[tuple[str, ...]]:
    columns = (PROMISE.c.because, PROMISE.c.promised_on, PROMISE.c.promised_part, PROMISE.c.outcome)
    with desk.reading() as session:
        return [tuple(map(str, row)) for row in session.connection().execute(select(*columns).order_by(PROMISE.c.id))]


def leaves(desk: Desk) -> tuple[str, ...]:
    head = by_number(desk, "SO20261123-0001").head
    return head.promise, str(head.promised_on), str(head.leaves_on), head.wave


def test_a_submit_promises_and_says_when_the_goods_leave(desk):
    assert ledger(desk) == [ORDERED]
    assert leaves(desk) == ("Next working day: Tue 24 Nov", "2026-11-24", "2026-11-24", "13:00")


def test_an_order_pulled_back_keeps_no_promise(desk):
    regret(desk, "SO20261123-0001")
    assert ledger(desk) == [("order", "2026-11-24", "", "fallen")]


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [(37, "kept"), (37.99, "kept"), (38, "broken")],
)
def test_goods_are_in_time_until_the_day_is_over_where_the_branch_is(desk, hours, outcome):
    came = desk.now() + timedelta(hours=hours)
    assert desk.database.write(lambda session: settle(desk, session, 1, came)) == outcome
    assert ledger(desk) == [("order", "2026-11-24", "", outcome)]


def test_goods_that_come_again_are_promised_anew(desk):
    desk.database.write(lambda session: promise_again(desk, session, 1, date(2026, 11, 27)))
    assert ledger(desk) == [("order", "2026-11-24", "", "moved"), ("failed", "2026-11-27", "", "open")]
    assert leaves(desk) == ("Comes again: Fri 27 Nov", "2026-11-27", "2026-11-27", "13:00")


def test_more_goods_that_are_bought_move_the_promise(desk):
    line = {"position": 1, "quantity": 15, "shortage": "purchase"}
    wanted = parsed({"order": "SO20261123-0001", "reason": "more", "lines": [line]})
    assert compare(desk, wanted).new_promised_on == date(2026, 12, 1)
    assert compare(desk, parsed({"order": "SO20261123-0001", "lines": [line | {"quantity": 9}]})).new_promise == (
        "Next working day: Tue 24 Nov"
    )


def test_a_change_of_the_day_moves_the_promise_and_a_cancellation_ends_it(desk):
    leader = as_role(desk, "leader", "manager", "branch_gm")
    moved = request(desk, Change(order="SO20261123-0001", reason="asked", deliver_on=date(2026, 11, 25)))
    deciding.grant(leader, "change", moved.number, seen_version=1)
    assert leaves(desk) == ("As wished: Wed 25 Nov", "2026-11-25", "2026-11-25", "13:00")
    gone = request_cancel(desk, number="SO20261123-0001", reason="asked")
    deciding.grant(leader, "change", gone.number, seen_version=1)
    assert ledger(desk) == [("order", "2026-11-24", "", "moved"), ("change", "2026-11-25", "", "fallen")]


def told(desk: Desk, *outcomes: str, **wanted: object) -> list[tuple[str, str]]:
    chosen = PromiseFilter(outcomes=outcomes or STANDING, **wanted)  # pyright: ignore[reportArgumentType]
    return [(row.order[-4:], row.outcome) for row in promises(desk, chosen)]


def test_the_ledger_lists_what_is_late_and_counts_what_was_kept(desk):
    desk.clock.advance(timedelta(minutes=40))
    submit(desk, a_draft(("A4-80", 1)))
    desk.database.write(lambda session: settle(desk, session, 1, desk.now()))
    assert (told(desk), told(desk, "kept")) == ([("0002", "open")], [("0001", "kept")])
    assert share(desk, PromiseFilter()).percent == 100
    desk.clock.advance(timedelta(days=2))
    assert told(desk) == told(desk, *BROKEN) == told(desk, on=date(2026, 11, 24)) == [("0002", "late")]
    assert told(desk, agent="mei") == told(desk, "open") == []
    assert share(desk, PromiseFilter()).percent == 50
    assert [entry.number[-4:] for entry in page(desk, Filter(late=True))] == ["0001", "0002"][::-1]


@pytest.mark.parametrize(
    ("now", "late"),
    [("2026-11-24T12:00", False), ("2026-11-24T12:01", True), ("2026-11-23T23:00", False)],
)
def test_an_order_is_late_when_its_part_of_the_day_is_over(desk, now, late):
    morning = update(ORDER).values(promised_part="morning")
    desk.database.write(lambda session: session.connection().execute(morning))
    desk.clock.now = lambda: datetime.fromisoformat(now).replace(tzinfo=desk.zone).astimezone(UTC)
    entries = page(desk, Filter(late=True))
    assert [entry.is_late(desk) for entry in entries] == [True] * late


def test_a_promise_that_is_not_the_orders_own_is_found_by_the_check(desk):
    assert desk.database.write(lambda session: list(check_queries.promises(desk, session))) == []
    desk.database.write(lambda session: session.connection().execute(update(ORDER).values(promised_part="morning")))
    desk.database.write(lambda session: promised(desk, session, 1, COLUMNS, "order", first=True))
    found = desk.database.write(lambda session: list(check_queries.promises(desk, session)))
    assert [fault.what for fault in found] == [
        "SO20261123-0001 has an open promise that is not its own.",
        "SO20261123-0001 has more than one open promise.",
    ]


COLUMNS = {"promised_on": date(2026, 11, 24), "promised_part": "", "promise": "", "latest": ""}


def test_a_promise_is_told_in_the_language_of_whoever_reads_it(desk: Desk):
    number = "SO20261123-0001"
    order_id = by_number(desk, number).head.id
    desk.database.write(lambda session: promise_again(desk, session, order_id, date(2026, 11, 25)))
    language.use("zh_CN")
    now, head = promises(desk, PromiseFilter())[-1].explanation, by_number(desk, number)
    first, again = head.promises[0].explanation, head.story[-1].note
    assert (first, head.head.promise) == ("11月24日 周二（下一工作日）", "11月25日 周三（再次送货）")
    assert (now, again) == (head.head.promise, head.head.promise)


def test_a_whole_sentence_of_an_older_order_is_told_as_it_is():
    assert said_of("Key customer before 12:00: Thu 19 Nov", date(2026, 11, 19), "") == (
        "Key customer before 12:00: Thu 19 Nov"
    )
