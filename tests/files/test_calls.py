"""Call logs of a telephone system: three moments, whom each was with, and nothing twice (FIL-1, CAL-1)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from ordersdesk.calls.actions import Moments, answer
from ordersdesk.calls.queries import CALL
from ordersdesk.check import check
from ordersdesk.files.imports import Plan, commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import a_customer, as_role
from tests.concurrency.together import at_once
from tests.datasets import dataset
from tests.files.tables import text

HEAD = "通话编号,主叫号码,开始时间,接听时间,结束时间,坐席\n"
LOG = HEAD + (
    "1,62345678,2026-11-20 09:00:00,2026-11-20 09:00:12,2026-11-20 09:02:00,lin\n"
    "2,anonymous,2026-11-20 09:05:00,,2026-11-20 09:05:40,\n"
)


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return as_role(desk, "manager")


def imported(desk: Desk, path: Path, mapping: Path | None = None, **how: Any) -> Plan:
    planned = plan(desk, "calls", path, mapping, **how)
    commit(desk, planned)
    return planned


def held(desk: Desk, *names: str) -> list[tuple[Any, ...]]:
    """Return what the book holds of calls, times in the branch's zone."""
    with desk.reading() as session:
        rows = session.connection().execute(select(*(CALL.c[name] for name in names)).order_by(CALL.c.id)).all()
    return [tuple(each.astimezone(desk.zone).strftime("%d %H:%M:%S") if hasattr(each, "astimezone") else each
                  for each in row) for row in rows]  # fmt: skip


def test_answered_and_missed_calls_come_in_with_the_moments_the_log_knows(boss: Desk, tmp_path: Path) -> None:
    first, again = (imported(boss, text(tmp_path, LOG)) for _time in range(2))

    assert (first.counts, again.counts) == (Counts(new=2), Counts(same=2))
    assert held(boss, "presented", "rang_at", "answered_at", "ended_at", "agent", "outcome", "state") == [
        ("62345678", "20 09:00:00", "20 09:00:12", "20 09:02:00", "lin", "", "ended"),
        ("anonymous", "20 09:05:00", None, "20 09:05:40", "", "missed", "ended"),
    ]
    assert [each.name for each in check(boss) if each.faults] == []


def test_the_caller_is_found_by_number_and_every_holder_of_a_shared_one_is_said(boss: Desk, tmp_path: Path) -> None:
    one = a_customer(boss, "C100001")
    log = "Number,Started,Answered (Y/N)\n138-0013-8000,2026-11-20 09:00,y\n"
    imported(boss, text(tmp_path, log))
    a_customer(boss, "C100002", name="分店")

    shared = imported(boss, text(tmp_path, log.replace("09:00", "10:00")))

    assert held(boss, "customer_id") == [(one,), (None,)]
    assert [each.value for each in shared.problems.remarks.first(9)] == [
        "138-0013-8000: C100001 明远办公, C100002 分店"
    ]


def test_a_call_the_desk_took_itself_is_known(boss: Desk, tmp_path: Path) -> None:
    lin = as_role(boss, "agent", login="lin")
    answer(lin, key="k", presented="021-62345678", moments=Moments(boss.now(), boss.now()))
    near = HEAD + "9,62345678,2026-11-23 09:58:00,2026-11-23 09:58:00,2026-11-23 09:59:00,lin\n"

    planned = plan(boss, "calls", text(tmp_path, near))
    other = plan(boss, "calls", text(tmp_path, near.replace("09:58", "09:57")))

    assert (planned.counts, other.counts) == (Counts(same=1), Counts(new=1))


def test_a_log_read_through_another_key_or_changed_is_known(boss: Desk, tmp_path: Path) -> None:
    columns = "\n".join(f'{ours} = "{theirs}"' for ours, theirs in zip(
        ("id", "number", "started", "answered", "ended", "agent"), HEAD.strip().split(","), strict=True))  # fmt: skip
    keyed = text(tmp_path, f'kind = "calls"\nkey = ["id"]\n[fields]\n{columns}\n', name="m.toml")
    imported(boss, text(tmp_path, LOG))
    longer = text(tmp_path, LOG.replace("09:02:00", "09:03:00"), name="longer.csv")

    counts = [imported(boss, text(tmp_path, LOG), keyed).counts, imported(boss, longer).counts]
    counts += [imported(boss, longer, update=True).counts, imported(boss, longer).counts]

    assert counts == [Counts(same=2), Counts(same=1, differs=1), Counts(same=1, changed=1), Counts(same=2)]
    assert held(boss, "ended_at", "version") == [("20 09:03:00", 2), ("20 09:05:40", 1)]


@pytest.mark.parametrize(
    ("started", "answered", "ended", "moments"),
    [
        ("23:59:50", "00:00:10", "00:05:00", ("20 23:59:50", "21 00:00:10", "21 00:05:00")),
        ("09:00:00", "09:00:00", "09:00:00", ("20 09:00:00", "20 09:00:00", "20 09:00:00")),
        ("12:00:00", "12:00:01", "00:00:01", ("20 12:00:00", "20 12:00:01", "21 00:00:01")),
        ("12:00:00", "12:00:01", "00:00:02", "Ended"),
        ("12:00:00", "11:59:59", "12:00:10", "Answered at"),
    ],
)
def test_a_time_of_day_before_the_start_is_past_midnight_or_wrong(
    boss: Desk, tmp_path: Path, started: str, answered: str, ended: str, moments: Any
) -> None:
    log = f"Started,Answered at,Ended\n2026-11-20 {started},2026-11-20 {answered},2026-11-20 {ended}\n"
    planned = plan(boss, "calls", text(tmp_path, log))
    commit(boss, planned, keep_good=True)

    wrong = [each.column for each in planned.problems.first(9)]
    assert (held(boss, "rang_at", "answered_at", "ended_at") or [moments]) == [moments]
    assert wrong == ([] if isinstance(moments, tuple) else [moments])


def test_lengths_of_time_make_the_moments_that_are_not_told(boss: Desk, tmp_path: Path) -> None:
    log = (
        "Src,Call date,Disposition,Duration,Billsec,Direction\n"
        "62345678,2026-11-20 09:00:00,ANSWERED,0:02:00,100,\n"
        "62345679,2026-11-20 09:10:00,NO ANSWER,30,0,Outbound\n"
    )
    imported(boss, text(tmp_path, log))

    assert held(boss, "rang_at", "answered_at", "ended_at", "direction", "outcome") == [
        ("20 09:00:00", "20 09:00:20", "20 09:02:00", "in", ""),
        ("20 09:10:00", None, "20 09:10:30", "out", "missed"),
    ]


def test_times_are_local_to_the_zone_of_the_mapping(boss: Desk, tmp_path: Path) -> None:
    table = 'kind = "calls"\n[file]\nzone = "Asia/Jerusalem"\n[fields]\nstarted = "t"\nstate = "s"\nnumber = "n"\n'
    mapping = text(tmp_path, table, name="m.toml")
    imported(boss, text(tmp_path, "n,t,s\n1,2026-11-20 20:00,missed\n"), mapping)
    wrong = text(tmp_path, table.replace("Jerusalem", "Nowhere"), name="w.toml")

    assert held(boss, "rang_at", "business_date") == [("21 02:00:00", boss.today().replace(day=21))]
    with pytest.raises(Refused) as refused:
        plan(boss, "calls", text(tmp_path, "n,t,s\n1,2026-11-20 20:00,missed\n"), wrong)
    assert refused.value.field == "file.zone"


def test_rows_that_repeat_clash_or_are_still_to_come_are_named(boss: Desk, tmp_path: Path) -> None:
    row = "1,62345678,2026-11-20 09:00:00,,{},\n"
    log = HEAD + row.format("") * 2 + row.replace("1,", "2,", 1).format("2026-11-20 09:01:00")
    log += row.replace("1,", "2,", 1).format("2026-11-20 09:02:00") + "3,62345678,2026-11-24 09:00:00,,,\n"

    planned = plan(boss, "calls", text(tmp_path, log))

    assert planned.counts == Counts(new=1, repeats=1)
    assert [(each.row, each.rule) for each in planned.problems.first(9)] == [(4, "FIL-1"), (5, "FIL-1"), (6, "CAL-1")]


def test_a_log_that_does_not_say_who_was_answered_is_refused(boss: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        plan(boss, "calls", text(tmp_path, "Number,Started\n62345678,2026-11-20 09:00:00\n"))
    assert (refused.value.rule, refused.value.field) == ("CAL-1", "mapping")


def test_an_agent_is_matched_by_login_and_one_that_is_nobody_is_said(boss: Desk, tmp_path: Path) -> None:
    planned = imported(boss, text(tmp_path, LOG.replace(",lin", ",DORIT")))

    assert held(boss, "agent") == [("DORIT",), ("",)]
    assert [(each.row, each.value) for each in planned.problems.remarks.first(9)] == [(2, "DORIT")]


def test_an_agent_may_be_named_by_the_extension_of_the_policy(boss: Desk, tmp_path: Path) -> None:
    calls = boss.policy.calls.model_copy(update={"extensions": {"801": "lin"}})
    desk = replace(boss, policy=boss.policy.model_copy(update={"calls": calls}))
    imported(desk, text(tmp_path, LOG.replace("坐席", "分机").replace(",lin", ",801")))

    assert held(desk, "agent") == [("lin",), ("",)]


def test_a_file_whose_lines_end_in_a_carriage_return_alone_is_read(boss: Desk, tmp_path: Path) -> None:
    assert imported(boss, text(tmp_path, LOG.replace("\n", "\r"))).counts == Counts(new=2)


def test_a_banks_month_of_calls_comes_in_once(boss: Desk) -> None:
    path, mapping = dataset("call-center/anonymous_bank_1999-02.tsv.xz"), Path("anonymous-bank-calls")
    planned = plan(boss, "calls", path, mapping)
    commit(boss, planned, keep_good=True)
    again = plan(boss, "calls", path, mapping)

    assert (planned.rows, planned.left_out, planned.counts.new + len(planned.problems)) == (33_344, 278, 33_066)
    assert (again.counts.new, again.counts.same) == (0, planned.counts.new)
    with boss.reading() as session:
        by_outcome = select(CALL.c.outcome, func.count()).group_by(CALL.c.outcome).order_by(CALL.c.outcome)
        counts = [tuple(row) for row in session.connection().execute(by_outcome)]
    assert counts == [("", 27_162), ("missed", 5_904)]


def test_a_call_centre_with_lengths_of_time_comes_in_once(boss: Desk) -> None:
    path, mapping = dataset("call-center/pwc_call_center_5000.csv.xz"), Path("call-center-5000-calls")

    counts = [imported(boss, path, mapping).counts for _time in range(2)]

    assert counts == [Counts(new=5000), Counts(same=5000)]


def test_one_log_brought_by_two_at_once_is_taken_once(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, LOG)
    plans = [plan(boss, "calls", path) for _person in range(3)]
    at_once([partial(commit, boss, each) for each in plans])

    assert held(boss, "presented") == [("62345678",), ("anonymous",)]
    assert [each.name for each in check(boss) if each.faults] == []
