"""Slips go on paper once: taken, delivered, then counted; whoever prints is told what they got (SLP-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.delivery.model.queries import by_number, story
from ordersdesk.delivery.papers import actions as printing_actions
from ordersdesk.delivery.papers.actions import On, Printed, paper_found, preview, print_slips, reprint
from ordersdesk.delivery.papers.job_actions import done, give_up, take
from ordersdesk.delivery.routes.emergency_actions import chased, release_first
from ordersdesk.delivery.slips.print_rules import Skipped, Waiting, Wanted, is_alive, is_in_doubt, reason, verb_for
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import translator
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.notices.queries import notices
from ordersdesk.printing.forms.form import Form
from tests.builders import as_role
from tests.concurrency.printers import print_all
from tests.concurrency.together import at_once, processes
from tests.delivery.building import HOSPITAL, a_slip, moved_on, office
from tests.delivery.counting import counters

ALL = Wanted()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SLIP = Waiting(1, "SL1", 1, "made", version=1, prints=0, released_first=False, job="", job_at=None)
SAY = translator("zh_CN")  # the language of the papers' readers


@pytest.mark.parametrize(
    ("job", "minutes_ago", "alive", "in_doubt"),
    [
        ("lin 1", 4, True, False), ("lin 1", 5, False, True), ("lin 1", 0, True, False), ("lin 1", -5, True, False),
        ("lin 1", -6, False, True), ("", 1, False, False), ("lin 1", None, False, True),
    ],
)  # fmt: skip
def test_a_printing_is_alive_for_so_many_minutes_and_then_in_doubt(
    job: str, minutes_ago: int | None, alive: bool, in_doubt: bool
) -> None:
    at = None if minutes_ago is None else NOON - timedelta(minutes=minutes_ago)
    assert (is_alive(job, at, NOON, 5), is_in_doubt(job, at, NOON, 5)) == (alive, in_doubt)


@pytest.mark.parametrize(
    ("slip", "step"),
    [
        ({}, "print"),
        ({"released_first": True, "state": "loaded"}, "follow"),
        ({"released_first": True, "state": "loaded", "prints": 1}, ""),
        ({"released_first": True, "state": "void"}, ""),
        ({"state": "loaded"}, ""),
    ],
)
def test_a_slip_gets_its_first_paper_when_it_is_made_or_after_its_goods(slip: dict[str, Any], step: str) -> None:
    assert verb_for(replace(SLIP, **slip)) == step


@pytest.mark.parametrize(
    ("slip", "why"),
    [
        ({"state": "void", "prints": 1}, "it is void"),
        ({"prints": 1}, "it is printed already; print it again as a reprint"),
        ({"job": "lin of the store 7", "job_at": NOON}, "Lin Of The Store is printing it now"),
        ({"job": "lin 7", "job_at": NOON - timedelta(minutes=5)},
         "it may be on paper already: look for it, then say so on its page (or by slips print --looked, found)"),
        ({}, "somebody else is printing it now"),
        ({"state": "loaded"}, "it is loaded"),
        ({"state": "loaded", "job": "lin 7"}, "it is loaded"),
    ],
)  # fmt: skip
def test_a_slip_that_is_not_printed_says_why(slip: dict[str, Any], why: str) -> None:
    assert reason(replace(SLIP, **slip), NOON, 5, str.title) == why


def again(count: int) -> str:
    """The mark of a reprint, as a line of the paper has it."""
    return SAY("Reprint {count}").format(count=count) + " "


def to(folder: Path, **values: object) -> On:
    return On(to=folder, form="text", **values)  # type: ignore[arg-type]


def story_of(desk: Desk, number: str) -> tuple[str, str, str, dict[str, object]]:
    slip = by_number(desk, number).head
    with desk.reading() as session:
        last = story(session, slip.id)[-1]
    return last.verb, last.by, last.note, last.details


def test_a_printed_slip_is_counted_and_its_goods_are_released(desk: Desk, tmp_path: Path) -> None:
    slip = a_slip(desk, ("A4-80", 3), ("B5", 1)).head
    done = print_slips(office(desk), ALL, to(tmp_path))
    assert (done.numbers, done.skipped, [Path(path).parent for path in done.places]) == ((slip.number,), (), [tmp_path])
    head = by_number(desk, slip.number).head
    assert (head.state, head.prints, head.printed_at, head.job) == ("printed", 1, desk.now(), "")
    assert counters(desk) == [("A4-80", 3, 0, 3, 3, 0, 0), ("B5", 1, 0, 1, 1, 0, 0)]
    order = order_by_number(desk, slip.order_number)
    assert (order.head.delivery, order.story[-1].note) == ("released", f"slip {slip.number} printed")
    paper = Path(done.places[0]).read_text(encoding="utf-8")
    said = (slip.number, "第一联（白）仓库", "第四联（黄）回单", again(1))
    assert [word in paper for word in said] == [True, True, True, False]


def test_a_second_printing_finds_nothing_and_says_why_of_what_is_named(desk: Desk, tmp_path: Path) -> None:
    slip, void = a_slip(desk).head.number, a_slip(desk).head.number
    moved_on(desk, slip, "picked")
    print_slips(office(desk), ALL, to(tmp_path))
    assert print_slips(office(desk), ALL, to(tmp_path)).numbers == ()
    named = print_slips(office(desk), Wanted(numbers=(slip.lower(), void)), to(tmp_path))
    assert [(one.number, one.why) for one in named.skipped] == [
        (slip, "it is printed already; print it again as a reprint"),
        (void, "it is printed already; print it again as a reprint"),
    ]


def test_a_wave_a_day_and_a_route_are_printed_alone(desk: Desk, tmp_path: Path) -> None:
    first = a_slip(desk).head
    for wanted in (Wanted(wave="15:30"), Wanted(day=first.leaves_on + timedelta(1)), Wanted(route="R2")):
        assert print_slips(office(desk), wanted, to(tmp_path)).numbers == ()
    mine = Wanted(wave=first.wave, day=first.leaves_on, route=first.route)
    assert print_slips(office(desk), mine, to(tmp_path)).numbers == (first.number,)


def test_a_reprint_is_marked_counted_and_told_and_changes_no_state(desk: Desk, tmp_path: Path) -> None:
    number = a_slip(desk, state="picked").head.number
    for count in (1, 2):
        path = tmp_path / f"{count}.txt"
        reprint(as_role(desk, "dispatcher", login="gao"), [number], to(path, copies=("blue",)), why="torn")
        paper = path.read_text(encoding="utf-8")
        assert (again(count) in paper, paper.count("第三联（蓝）客户"), "第一联（白）仓库" in paper) == (
            True,
            1,
            False,
        )
    head = by_number(desk, number).head
    assert (head.state, head.prints, head.printed_at) == ("picked", 3, desk.now())
    assert story_of(desk, number) == ("reprint", "gao", "torn", {"prints": 3})
    assert order_by_number(desk, head.order_number).head.delivery == "released"


def test_what_was_never_printed_is_not_printed_again(desk: Desk, tmp_path: Path) -> None:
    number = a_slip(desk).head.number
    with pytest.raises(Refused, match="is made: “Print again” is not possible now") as no:
        reprint(office(desk), [number], to(tmp_path))
    assert no.value.rule == "SLP-2"


def test_when_the_paper_cannot_be_delivered_nothing_is_marked(desk: Desk, tmp_path: Path) -> None:
    number = a_slip(desk).head.number
    with pytest.raises(Refused, match="cannot be written"):
        print_slips(office(desk), ALL, to(tmp_path / "nowhere" / "slips.txt"))
    head = by_number(desk, number).head
    assert (head.state, head.prints, head.job, head.version) == ("made", 0, "", 1)
    assert print_slips(office(desk), ALL, to(tmp_path)).numbers == (number,)


def test_a_printer_that_stops_half_way_gives_the_rest_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (a_slip(desk).head.number for _ in range(3))
    monkeypatch.setattr(printing_actions, "CHUNK", 1)
    (tmp_path / "lp").write_text(
        f"#!/bin/sh\ncat >/dev/null\necho x >>{tmp_path}/sent\ntest $(wc -l <{tmp_path}/sent) = 1\n"
    )
    (tmp_path / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    steps: list[tuple[int, int]] = []
    made = print_slips(office(desk), ALL, On(to="needles", form="escp"), step=lambda done, of: steps.append((done, of)))
    assert (made.numbers, made.places, steps) == ((first,), ("needles",), [(1, 3)])
    assert [one.number for one in made.skipped] == [second, third]
    assert "The printer needles does not take it" in made.failed
    assert [by_number(desk, each).head.state for each in (first, second, third)] == ["printed", "made", "made"]
    assert by_number(desk, third).head.job == ""


def test_a_job_that_is_never_heard_of_again_is_over_after_some_minutes(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    number = a_slip(desk).head.number
    dead = take(as_role(desk, "order_group", login="mei"), ALL)
    told = print_slips(office(desk), ALL, to(tmp_path))
    assert (told.numbers, told.skipped) == ((), (Skipped(number, "mei is printing it now"),))
    clock.advance(timedelta(minutes=desk.policy.slips.job_minutes))
    told = print_slips(office(desk), ALL, to(tmp_path))
    assert (told.numbers, told.skipped[0].why[:30]) == ((), "it may be on paper already: lo")
    assert print_slips(office(desk), Wanted(numbers=(number,)), to(tmp_path)).skipped == told.skipped
    made = print_slips(office(desk), Wanted(numbers=(number,), looked=True), to(tmp_path))
    assert made.numbers == (number,)
    assert SAY("Perhaps a second paper") in Path(made.places[0]).read_text(encoding="utf-8")
    with pytest.raises(Refused, match="was changed while it was printed"):
        done(office(desk), dead.job, dead.slips)
    give_up(office(desk), dead.job, dead.slips)
    assert by_number(desk, number).head.prints == 1


def test_a_paper_that_is_found_is_counted_and_nothing_is_printed(desk: Desk, clock: FixedClock) -> None:
    number = a_slip(desk).head.number
    with pytest.raises(Refused, match="no printing of it went astray"):
        paper_found(office(desk), [number])
    take(as_role(desk, "order_group", login="mei"), ALL)
    with pytest.raises(Refused, match="mei is printing it now"):
        paper_found(office(desk), [number])
    clock.advance(timedelta(minutes=desk.policy.slips.job_minutes))
    assert paper_found(office(desk), [number]) == [number]
    head = by_number(desk, number).head
    assert (head.state, head.prints, head.job) == ("printed", 1, "")


def test_a_job_begun_by_a_clock_that_is_far_ahead_is_over_too(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    number = a_slip(desk).head.number
    clock.advance(timedelta(days=40))
    take(as_role(desk, "order_group", login="mei"), ALL)
    clock.advance(-timedelta(days=40))
    assert print_slips(office(desk), Wanted(looked=True), to(tmp_path)).numbers == (number,)


@pytest.mark.parametrize("lost", ["the database", "the printer"])
def test_what_may_be_on_paper_is_not_given_back_as_unprinted(
    desk: Desk, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    number = a_slip(desk).head.number
    gone = Outage("DB-5", "It is gone.", is_unknown=lost == "the printer")

    def fails(*_args: object, **_options: object) -> None:
        raise gone

    fault = {"the database": ("done", fails), "the printer": ("ready", lambda *_args, **_options: fails)}[lost]
    monkeypatch.setattr(printing_actions, *fault)
    made = print_slips(office(desk), ALL, to(tmp_path))
    monkeypatch.undo()
    assert (made.numbers, made.skipped) == ((), (Skipped(number, "it may be on paper already"),))
    clock.advance(timedelta(minutes=desk.policy.slips.job_minutes))
    assert [one.why[:26] for one in print_slips(office(desk), ALL, to(tmp_path)).skipped] == [
        "it may be on paper already"
    ]


def test_a_slip_that_changes_while_it_is_laid_out_is_not_printed_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, changed = a_slip(desk).head.number, a_slip(desk).head.number
    forms = printing_actions.slips_of
    monkeypatch.setattr(
        printing_actions, "slips_of", lambda desk, numbers: _touched(desk, forms(desk, numbers), changed)
    )
    made = print_slips(office(desk), ALL, to(tmp_path))
    assert (made.numbers, made.skipped) == ((kept,), (Skipped(changed, "it was changed meanwhile"),))
    assert changed not in Path(made.places[0]).read_text(encoding="utf-8")
    assert (by_number(desk, changed).head.state, by_number(desk, changed).head.job) == ("made", "")


def _touched(desk: Desk, forms: list[Form], number: str) -> list[Form]:
    """Give a slip a new version, as who changes it would."""
    said = f"UPDATE slip SET version = version + 1 WHERE number = '{number}' AND version = 1"
    desk.database.write(lambda session: session.connection().exec_driver_sql(said))
    return forms


def test_two_clerks_printing_one_wave_at_once_share_it_and_are_told(desk: Desk, tmp_path: Path) -> None:
    numbers = {a_slip(desk).head.number for _ in range(6)}
    clerks = [as_role(desk, "order_group", login=login) for login in ("mei", "ding", "zhao")]
    made = at_once([partial(print_slips, clerk, ALL, to(tmp_path, each=True)) for clerk in clerks])
    got = [each.numbers for each in made if isinstance(each, Printed)]
    assert (len(got), sorted(number for each in got for number in each)) == (3, sorted(numbers))
    assert sorted(path.stem for path in tmp_path.glob("*.txt")) == sorted(numbers)
    assert {by_number(desk, number).head.prints for number in numbers} == {1}
    for each in made:
        assert isinstance(each, Printed)
        assert {one.number for one in each.skipped} <= numbers - set(each.numbers)


def test_two_programs_printing_at_once_print_each_slip_once(desk: Desk, tmp_path: Path) -> None:
    if desk.database.dialect == "postgresql":
        pytest.skip("its threads have connections of their own: the test above is the same")
    numbers = sorted(a_slip(desk).head.number for _ in range(4))
    with processes(desk.database, 2) as pool:
        made = [one for done in pool.map(print_all, [f"{tmp_path}/papers/"] * 2) for one in done]
    papers = [path.read_bytes() for path in (tmp_path / "papers").iterdir()]
    assert (sorted(number for one in made for number in one.numbers), len(papers)) == (numbers, len(made))
    assert [sum(paper.count(number.encode()) for paper in papers) for number in numbers] == [1] * len(numbers)
    assert {by_number(desk, number).head.prints for number in numbers} == {1}


def test_two_reprints_at_once_carry_two_counts_or_one_waits(desk: Desk, tmp_path: Path) -> None:
    number = a_slip(desk, state="printed").head.number
    made = at_once([partial(reprint, office(desk), [number], to(tmp_path, each=True)) for _ in range(3)])
    printed = [each for each in made if isinstance(each, Printed)]
    assert all("is being printed right now" in str(each) for each in made if isinstance(each, Refused))
    papers = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.txt")]
    counts = [next(count for count in range(1, 9) if again(count) in paper) for paper in papers]
    assert sorted(counts) == list(range(1, len(printed) + 1))
    assert by_number(desk, number).head.prints == 1 + len(printed)


def test_only_the_order_group_prints_and_only_papers_there_are(desk: Desk, tmp_path: Path) -> None:
    a_slip(desk)
    refusals = []
    for who, on in (
        (as_role(desk, "warehouse"), to(tmp_path)), (office(desk), On(to=tmp_path, form="vellum")),
        (office(desk), to(tmp_path, copies=("green",))), (office(desk), On(to="-o")),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            print_slips(who, ALL, on)
        refusals.append((no.value.rule, no.value.field, bool(no.value.mend)))
    assert refusals == [
        ("USR-2", None, True), ("SLP-3", "form", True), ("SLP-2", "copies", True), ("SLP-3", "to", True),
    ]  # fmt: skip
    with pytest.raises(Refused, match="There is no slip SL9"):
        print_slips(office(desk), Wanted(numbers=("SL9",)), to(tmp_path))


def test_the_preview_is_what_the_text_form_prints(desk: Desk, tmp_path: Path) -> None:
    number = a_slip(desk, ("A4-80", 3)).head.number
    seen = preview(desk, number)
    assert preview(desk, [number], ["blue"]) == seen[2:3]
    made = print_slips(office(desk), ALL, to(tmp_path))
    printed = Path(made.places[0]).read_text(encoding="utf-8").removesuffix("\n").split("\f")
    assert ["\n".join(page) for page in seen] == printed
    assert {len(page) for page in seen} == {33}


def test_a_slip_whose_goods_left_first_gets_its_paper_and_is_chased_no_more(desk: Desk, tmp_path: Path) -> None:
    slip, other = a_slip(desk, ("A4-80", 3)).head, a_slip(desk).head
    for each in (slip, other):
        release_first(as_role(desk, "manager"), each.order_number, HOSPITAL)
    with pytest.raises(Refused, match="was never printed"):
        reprint(office(desk), [slip.number], to(tmp_path))
    before = counters(desk)
    done = print_slips(office(desk), Wanted(numbers=(slip.number,)), to(tmp_path))
    head = by_number(desk, slip.number).head
    assert (done.numbers, head.state, head.prints, head.released_first) == ((slip.number,), "loaded", 1, True)
    assert (story_of(desk, slip.number)[0], counters(desk)) == ("follow", before)
    assert SAY("LEFT FIRST") in Path(done.places[0]).read_text(encoding="utf-8")
    assert [row.number for row in chased(desk)] == [other.number]
    assert [other.number in one.sentence for one in notices(office(desk))] == [True]
    assert print_slips(office(desk), ALL, to(tmp_path)).numbers == (other.number,)
