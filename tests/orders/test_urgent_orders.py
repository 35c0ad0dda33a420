"""An urgent order keeps until when, to whom and with which papers; it is said, changed and judged by it (DLV-4)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk.changing import request
from ordersdesk.deciding import grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.check_queries import promises as wrong_promises
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.queries import Filter, page
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import as_draft, submit
from ordersdesk.orders.model.queries import ORDER, Summary
from ordersdesk.orders.promise.queries import PromiseFilter, promises
from ordersdesk.orders.terms.change_draft import Change, parsed
from ordersdesk.orders.terms.draft import parsed as draft_parsed
from tests.builders import a_customer, a_draft, an_item, as_role, at

SO = "SO20261123-0001"
WISHES = {"department": "采购部", "papers": "质检报告"}


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """An urgent order of this morning, wanted by half past four."""
    a_customer(desk)
    an_item(desk, stock=100)
    submit(desk, a_draft(("A4-80", 5), urgent=True, latest=time(16, 30), **WISHES))
    return desk


def head(desk: Desk) -> Summary:
    return by_number(desk, SO).head


def kept(desk: Desk) -> tuple[Any, ...]:
    now = head(desk)
    return now.urgent, now.latest, now.department, now.papers, f"{now.promised_on}", now.wave


def change(**values: Any) -> Change:
    return parsed({"order": SO, "reason": "customer called", **values})


def test_an_order_keeps_what_the_customer_said(ready: Desk) -> None:
    assert kept(ready) == (True, "16:30", "采购部", "质检报告", "2026-11-23", "12:00")
    assert [(one.promised_on, one.latest) for one in by_number(ready, SO).promises] == [(date(2026, 11, 23), "16:30")]


def test_it_is_read_back_with_its_time_department_and_papers(ready: Desk) -> None:
    english, chinese = (
        sentences(by_number(ready, SO), code, plan=ready.policy.phones, today=ready.today()) for code in ("en", "zh_CN")
    )
    assert "It is there by 4:30 p.m. at the latest." in english
    assert "最迟下午 4 点 30 分前送到。" in chinese
    assert {"由采购部收货。", "随货带去的票据：质检报告。"} <= set(chinese)


def test_an_order_that_comes_back_to_its_agent_brings_its_time_along(ready: Desk) -> None:
    regret(ready, SO)
    draft = as_draft(ready, SO)
    assert (draft.urgent, draft.latest, draft.department, draft.papers) == (True, time(16, 30), "采购部", "质检报告")


@pytest.mark.parametrize(
    ("typed", "says"),
    [("4pm", time(16)), ("下午4点半", time(16, 30)), ("16:30", time(16, 30)), ("", None), (None, None)],
)
def test_a_program_may_write_the_time_as_people_do(typed: str | None, says: time | None) -> None:
    assert draft_parsed({"urgent": True, "latest": typed}).latest == says


@pytest.mark.parametrize("typed", ["half past", 16, 16.5, True, "25:00", ["16:30"]])
def test_what_is_no_time_is_refused_by_its_place(typed: Any) -> None:
    with pytest.raises(Refused, match="latest") as no:
        draft_parsed({"urgent": True, "latest": typed})
    assert (no.value.rule, no.value.field) == ("ORD-1", "latest")


# --- changes


def test_another_time_is_a_change_that_a_leader_grants_and_the_story_keeps(ready: Desk) -> None:
    found = compare(ready, change(latest="14:00"))
    assert [(pair.label, pair.old, pair.new) for pair in found.heads] == [("Wanted by", "16:30", "14:00")]
    made = request(ready, change(latest="14:00"))
    grant(as_role(ready, "leader"), "change", made.number, seen_version=1)
    assert kept(ready) == (True, "14:00", "采购部", "质检报告", "2026-11-23", "12:00")
    story = by_number(ready, SO).story[-1].details
    assert (story["old"]["Delivery"], story["new"]["Delivery"]) == (
        "2026-11-23 afternoon 16:30", "2026-11-23 afternoon 14:00",
    )  # fmt: skip
    ledger = promises(ready, PromiseFilter(outcomes=("open", "moved")))
    assert [(one.latest, one.outcome) for one in ledger] == [("16:30", "moved"), ("14:00", "open")]
    with ready.reading() as session:
        assert list(wrong_promises(ready, session)) == []


def test_a_time_no_car_can_keep_any_more_is_refused_in_a_change_too(ready: Desk) -> None:
    at(ready, "2026-11-23T12:01")
    for latest in ("16:29", "12:00"):
        found = compare(ready, change(latest=latest)).findings[0]
        assert (found.rule, str(found.weight), found.field) == ("DLV-4", "stop", "latest")
    assert compare(ready, change(latest="16:45")).findings == ()


def test_an_order_that_becomes_urgent_is_asked_until_when(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    submit(desk, a_draft(("A4-80", 5)))
    found = compare(desk, change(urgent=True)).findings[0]
    assert (found.rule, found.field) == ("ORD-1", "latest")
    assert compare(desk, change(urgent=True, latest="17:00")).findings == ()


def test_an_order_that_is_not_urgent_any_more_forgets_its_time(ready: Desk) -> None:
    pairs = {pair.name: (pair.old, pair.new) for pair in compare(ready, change(urgent=False)).heads}
    assert pairs == {
        "urgent": ("yes", "no"), "latest": ("16:30", ""), "department": ("采购部", ""), "papers": ("质检报告", ""),
    }  # fmt: skip


def test_another_department_is_light(ready: Desk) -> None:
    request(ready, change(department="前台"))
    assert kept(ready) == (True, "16:30", "前台", "质检报告", "2026-11-23", "12:00")


def test_an_older_order_of_which_nobody_knows_the_time_may_change_otherwise(ready: Desk) -> None:
    forgotten = update(ORDER).values(latest="")
    ready.database.write(lambda session: session.connection().execute(forgotten))
    assert compare(ready, change(note="ring twice")).findings == ()
    assert compare(ready, change(latest="17:00")).findings == ()


def test_what_was_promised_for_tomorrow_keeps_its_car_after_today_is_over(ready: Desk) -> None:
    tomorrow = update(ORDER).values(promised_on=date(2026, 11, 24), leaves_on=date(2026, 11, 24))
    ready.database.write(lambda session: session.connection().execute(tomorrow))
    at(ready, "2026-11-23T18:00")
    found = compare(ready, change(latest="14:00"))
    assert (found.findings, found.new_promised_on) == ((), date(2026, 11, 24))


# --- late


@pytest.mark.parametrize(("now", "late"), [("16:30", False), ("16:31", True)])
def test_an_urgent_order_is_late_when_its_own_time_is_over(ready: Desk, now: str, late: bool) -> None:
    at(ready, f"2026-11-23T{now}")
    assert [one.number for one in page(ready, Filter(late=True))] == [SO] * late
    assert [one.is_late(ready) for one in page(ready, Filter())] == [late]
    assert [one.outcome for one in promises(ready, PromiseFilter())] == ["late" if late else "open"]
