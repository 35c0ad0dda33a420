"""Pads of handwritten slips: issued once, entered afterwards, paired, and what is missing comes out (SLP-7)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.pads.actions import hand_over, issue, take_back
from ordersdesk.delivery.pads.check_queries import pads_agree, pads_check
from ordersdesk.delivery.pads.pairing_actions import pair, strike, unpair
from ordersdesk.delivery.pads.queries import pad_number_of, pads
from ordersdesk.delivery.pads.rules import Leaf, Range, missing, number_typed, reason_said, reason_typed, runs
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.foundation.time.worktime import Calendar
from tests.builders import as_role
from tests.concurrency.together import at_once
from tests.delivery.papers import a_pad, a_slip, an_order, entered, finance, office
from tests.delivery.roads import driver, on_the_road


def refused(act: Any, *args: Any, **values: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as no:
        act(*args, **values)
    assert no.value.mend
    return no.value.rule, no.value.field


@pytest.mark.parametrize(
    "typed",
    [
        "H0000123",
        "h123",
        "123",
        "Ｈ００００１２３",
        " H-000 0123 ",
        "№123",
        "H００１２３",
        "H.000·0123",
        "H_123/",
        "#123",
        "NO 123",
    ],
)
def test_a_number_is_read_in_any_spelling(typed: str, policy: Policy) -> None:
    assert number_typed(typed, policy) == 123


@pytest.mark.parametrize("typed", ["", "H", "0", "-", "X123", "12345678", "9" * 400, "1.5e3", "Ω", "H\u202e12a", "½"])
def test_what_is_no_number_is_refused(typed: str, policy: Policy) -> None:
    assert refused(number_typed, typed, policy) == ("SLP-7", "number")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1", 1), ("H9999999", 9_999_999), ("H10000000", 0), ("0000000", 0), ("0" * 17 + "7", 7), ("0" * 18 + "7", 0)],
)
def test_a_number_has_room_on_its_slip(typed: str, number: int, policy: Policy) -> None:
    if number:
        assert number_typed(typed, policy) == number
    else:
        assert refused(number_typed, typed, policy, field="first") == ("SLP-7", "first")


def test_a_range_is_written_as_the_papers_have_it(policy: Policy) -> None:
    assert (Range(1, 50).said(policy), Range(7, 7).said(policy)) == ("H0000001–H0000050", "H0000007")
    assert (Range(1, 50).count, Range(7, 7).count) == (50, 1)


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [("", "", "reason"), ("whim", "x", "reason"), ("other", "", "note"), ("other", "x", ""), ("door", "", "")],
)
def test_why_a_slip_was_written_by_hand_is_one_of_the_reasons(reason: str, note: str, field: str) -> None:
    if field:
        assert refused(reason_typed, reason, note) == ("SLP-7", field)
    else:
        assert reason_typed(reason, note) == reason


def test_the_reason_is_said_in_words_and_another_one_in_its_own() -> None:
    said = [
        reason_said("door", "x"),
        reason_said("other", "flood"),
        reason_said("old code", ""),
        reason_said("door", "x", spoiled=True),
    ]
    assert said == ["at the door", "flood", "old code", "spoiled"]


def test_pads_follow_each_other_and_overlap_with_none(desk: Desk) -> None:
    first = a_pad(desk)
    assert pads_check(finance(desk)).is_clean
    assert (first.first, first.last, first.sheets) == ("H0000001", "H0000050", 50)
    assert issue(office(desk), login="ZHAO ", sheets=10).first == "H0000051"
    assert issue(office(desk), login="zhao", sheets=10, first="h200").last == "H0000209"
    assert issue(office(desk), login="zhao").first == "H0000210"
    for start, sheets in (("45", 10), ("190", 11), ("209", 1), ("1", 300)):
        assert refused(issue, office(desk), login="zhao", sheets=sheets, first=start) == ("SLP-7", "first")
    assert issue(office(desk), login="zhao", sheets=139, first="61").last == "H0000199"


@pytest.mark.parametrize(("back", "kept"), [(0, "125"), (1, "100"), (4, "25")])
def test_a_handwritten_slip_is_compared_with_what_stayed_at_the_customer(desk: Desk, back: int, kept: str) -> None:
    """Of 5 pieces at 25.00 some came back."""
    a_pad(desk)
    slip = on_the_road(desk, ("A4-80", 5))
    if back:
        partly_refused(driver(desk), slip, {1: back}, "not_wanted")
    assert entered(desk, "1", belongs=slip, amount=kept).warnings == ()
    assert pads_check(finance(desk)).differing == ()


def test_a_pad_needs_a_person_sheets_and_the_right_role(desk: Desk) -> None:
    a_pad(desk)
    for values, field in (({"login": "nobody"}, "login"), ({"sheets": 0}, "sheets"), ({"sheets": 5000}, "sheets"),
                          ({"first": "9999999"}, "first")):  # fmt: skip
        assert refused(issue, office(desk), **({"login": "zhao"} | values)) == ("SLP-7", field)
    assert refused(issue, desk, login="zhao") == ("USR-2", None)
    assert refused(pads, as_role(desk, "driver")) == refused(pads_check, as_role(desk, "agent")) == ("USR-2", None)


def test_two_who_issue_at_once_give_out_no_number_twice(desk: Desk) -> None:
    a_pad(desk)
    acts = [lambda: issue(office(desk), login="zhao")] * 3
    acts += [lambda: issue(office(desk), login="zhao", first="500", sheets=20)] * 2
    done = at_once(acts)
    given = sorted(one.first for one in done if not isinstance(one, Refused))
    assert (len([one for one in done if isinstance(one, Refused)]), len(set(given))) == (1, 4)
    ranges = [(row.first, row.last) for row in pads(desk)]
    assert all(one[1] < two[0] for one, two in pairwise(ranges))


def test_a_slip_of_an_order_is_paired_at_once_and_both_stories_say_so(desk: Desk) -> None:
    order = an_order(desk)
    slip_id = a_slip(desk, order)
    a_pad(desk)
    done = entered(desk, "h1", belongs=order.lower(), amount="125")
    assert (done.number, done.order, done.slip, done.warnings) == ("H0000001", order, "SL20261123-0001", ())
    with desk.reading() as session:
        assert pad_number_of(session, [slip_id, 99], desk.policy) == {slip_id: "H0000001"}
        for kind, one in (("slip", slip_id), ("order", 1)):
            last = timeline(session, kind, one)[-1]
            assert (last.verb, last.note, last.by, last.rule) == ("handwritten", "H0000001", "mei", "SLP-7")
        assert list(pads_agree(desk, session)) == []
    assert pads_check(finance(desk)).is_clean


def test_an_amount_that_differs_is_told_and_listed(desk: Desk) -> None:
    a_slip(desk, an_order(desk))
    a_pad(desk)
    told = entered(desk, "1", belongs="ＳＬ20261123-0001", amount="¥ 120").warnings
    assert told == ("The handwritten amount is 120.00, the slip's 125.00: 5.00 between them.",)
    (one,) = pads_check(finance(desk)).differing
    assert (one.slip, one.numbers, one.difference) == ("SL20261123-0001", "H0000001", -5)
    told = entered(desk, "2", belongs="SL20261123-0001", amount="5").warnings
    assert told == ("SL20261123-0001 has H0000001 already.",)
    assert pads_check(finance(desk)).differing == ()


def test_an_order_without_a_slip_waits_and_one_with_several_is_asked_about(desk: Desk) -> None:
    order = an_order(desk)
    a_pad(desk)
    assert entered(desk, "1", belongs=order).warnings == (f"{order} has no slip yet: pair it when it is made.",)
    assert [one.about for one in pads_check(finance(desk)).unpaired] == [order]
    assert refused(pair, office(desk), number="1") == ("SLP-7", "belongs")
    a_slip(desk, order, "SL20261123-0001", state="void")
    a_slip(desk, order, "SL20261123-0002")
    assert pair(desk, number="1").slip == "SL20261123-0002"
    a_slip(desk, order, "SL20261123-0003")
    assert refused(entered, desk, "2", belongs=order) == ("SLP-7", "belongs")
    assert refused(entered, desk, "2", belongs="SL20261123-0001") == ("SLP-7", "belongs")
    assert refused(entered, desk, "2", belongs="SO1") == ("ORD-9", "belongs")


def test_finance_takes_a_wrong_pair_apart(desk: Desk) -> None:
    a_slip(desk, an_order(desk))
    a_pad(desk)
    entered(desk, "1", belongs="SL20261123-0001")
    assert refused(unpair, office(desk), number="1", why="x") == ("USR-2", None)
    assert refused(unpair, finance(desk), number="1", why=" ") == ("SLP-7", "why")
    unpair(finance(desk), number="1", why="of another customer")
    assert [one.number for one in pads_check(finance(desk)).unpaired] == ["H0000001"]
    assert refused(unpair, finance(desk), number="1", why="x") == ("SLP-7", "number")
    assert pair(finance(desk), number="1", slip="sl20261123-0001").slip == "SL20261123-0001"
    assert refused(pair, finance(desk), number="1", slip="SL20261123-0001") == ("SLP-7", "number")


def test_a_number_is_doubled_only_when_it_is_meant(desk: Desk) -> None:
    a_pad(desk)
    entered(desk, "1")
    with pytest.raises(Refused) as no:
        entered(desk, "1", customer="别家")
    assert str(no.value) == (
        "H0000001 was entered by mei on 2026-11-23 10:00 for 明远. (SLP-7)"
        " Enter it again only when two papers bear this number: --again"
    )
    assert "It is listed as doubled." in entered(desk, "1", customer="别家", again=True).warnings
    assert [one.about for one in pads_check(finance(desk)).doubled] == ["明远", "别家"]


def test_finance_strikes_what_was_entered_by_mistake(desk: Desk) -> None:
    slip = a_slip(desk, an_order(desk))
    a_pad(desk)
    entered(desk, "1")
    entered(desk, "1", belongs="SL20261123-0001", again=True)
    assert refused(strike, office(desk), number="1", why="misread") == ("USR-2", None)
    strike(finance(desk), number="1", why="misread")
    assert (len(pads_check(finance(desk)).doubled), len(pads_check(finance(desk)).unpaired)) == (0, 1)
    with desk.reading() as session:
        assert timeline(session, "slip", slip)[-1].note == "H0000001: misread"
        assert timeline(session, "pad", 1)[-1].details["slip"] == "SL20261123-0001"
    strike(finance(desk), number="1", why="misread")
    assert refused(strike, finance(desk), number="1", why="misread") == ("SLP-7", "number")


def test_two_who_enter_a_number_at_once_are_told(desk: Desk) -> None:
    a_pad(desk)
    done = at_once([lambda: entered(desk, "7")] * 3)
    assert sorted(isinstance(one, Refused) for one in done) == [False, True, True]


def test_what_is_entered_is_checked(desk: Desk, clock: FixedClock) -> None:
    a_pad(desk)
    today = date(2026, 11, 23)
    for values, rule, field in (
        ({"reason": "because"}, "SLP-7", "reason"), ({"reason": "other"}, "SLP-7", "note"),
        ({"on": today + timedelta(1)}, "SLP-7", "on"), ({"on": today - timedelta(1)}, "SLP-7", "on"),
        ({"amount": "-5"}, "SLP-7", "amount"), ({"amount": "viel"}, "CAT-5", "amount"),
        ({"customer": " "}, "SLP-7", "belongs"), ({"customer": "a\x1b[2J"}, "FIL-3", "customer"),
        ({"number": "51"}, "SLP-7", "number"),
    ):  # fmt: skip
        number = values.pop("number", "1")
        assert refused(entered, desk, str(number), **values) == (rule, field)
    assert entered(desk, "2", reason="other", note="drawer stuck").slip == ""
    assert entered(desk, "3", spoiled=True, reason="", customer="").spoiled
    assert [one.number for one in pads_check(finance(desk)).unpaired] == ["H0000002"]


def test_skipped_numbers_are_missing_after_some_working_days(desk: Desk, clock: FixedClock) -> None:
    a_pad(desk)
    entered(desk, "1")
    entered(desk, "5")
    clock.advance(timedelta(days=3))
    entered(desk, "8")
    assert pads_check(finance(desk)).missing == ()
    clock.advance(timedelta(days=1))
    (one,) = pads_check(finance(desk)).missing
    assert (one.numbers, one.count, one.login) == ("H0000002–H0000004", 3, "zhao")


def test_a_pad_that_came_back_owes_every_number_but_its_blank_ones(desk: Desk, clock: FixedClock) -> None:
    a_pad(desk)
    entered(desk, "1")
    assert refused(take_back, office(desk), number="5", blank_from="1") == ("SLP-7", "blank_from")
    back = take_back(office(desk), number="5", blank_from="4")
    assert (back.blank, back.blank_sheets) == ("H0000004–H0000050", 47)
    assert refused(take_back, office(desk), number="2") == ("SLP-7", "number")
    clock.advance(timedelta(days=4))
    assert [one.numbers for one in pads_check(finance(desk)).missing] == ["H0000002–H0000003"]
    assert refused(issue, office(desk), login="zhao", first="10") == ("SLP-7", "first")
    assert hand_over(office(desk), number="10", login="zhao").first == "H0000004"
    assert [(row.first, row.left, row.returned_on is None) for row in pads(desk, everything=True)] == [
        ("H0000001", 0, False), ("H0000004", 47, True),
    ]  # fmt: skip


def test_a_pad_handed_over_leaves_what_was_used_with_who_used_it(desk: Desk) -> None:
    a_pad(desk)
    a_pad(desk, "qian", sheets=2)
    entered(desk, "3")
    assert hand_over(office(desk), number="H0000001", login="qian").first == "H0000004"
    rows = [(row.first, row.last, row.login, row.entered, row.left, row.next) for row in pads(desk)]
    assert rows == [
        ("H0000001", "H0000003", "zhao", 1, 0, ""), ("H0000004", "H0000050", "qian", 0, 47, "H0000004"),
        ("H0000051", "H0000052", "qian", 0, 2, "H0000051"),
    ]  # fmt: skip
    entered(desk, "51")
    entered(desk, "52")
    assert refused(hand_over, office(desk), number="51", login="zhao") == ("SLP-7", "number")


@pytest.mark.parametrize(("days", "found"), [(2, [Range(11, 11)]), (3, [])])
def test_a_skipped_number_is_missing_only_after_so_many_working_days(
    policy: Policy, days: int, found: list[Range]
) -> None:
    """Written on Friday; Wednesday is the third working day after it, and not over yet."""
    pad = Leaf(10, 20, "zhao", None, {10: date(2026, 11, 20), 12: date(2026, 11, 20)})
    assert list(missing(pad, date(2026, 11, 25), Calendar(policy), days=days)) == found


@pytest.mark.parametrize(
    ("used", "login", "returned", "today", "found"),
    [
        # 3 was written on the 16th, 2 on the 20th: 1 was skipped on the 16th, and three working days are over.
        ({3: 16, 2: 20}, "zhao", None, 20, [Range(1, 1)]),
        ({3: 20, 2: 16}, "zhao", None, 20, [Range(1, 1)]),
        ({3: 16, 2: 20}, "zhao", None, 19, []),
        # It came back on a day on which nothing of it was written: its rest is missing in time.
        ({2: 9}, "zhao", 16, 20, [Range(1, 1), Range(3, 5)]),
        ({2: 9}, "zhao", 16, 19, [Range(1, 1)]),
        # Nobody had it in hand: what came back blank owes nothing.
        ({}, "", 2, 20, []),
        ({}, "zhao", 2, 20, [Range(1, 5)]),
        ({}, "zhao", None, 20, []),
    ],
)  # fmt: skip
def test_a_number_is_missing_since_the_first_day_a_higher_one_was_written(
    policy: Policy, used: dict[int, int], login: str, returned: int | None, today: int, found: list[Range]
) -> None:
    days = {number: date(2026, 11, day) for number, day in used.items()}
    pad = Leaf(1, 5, login, date(2026, 11, returned) if returned else None, days)
    assert list(missing(pad, date(2026, 11, today), Calendar(policy), days=3)) == found


def test_missing_numbers_come_as_ranges(policy: Policy) -> None:
    day = date(2026, 11, 2)
    pad = Leaf(10, 20, "zhao", None, {12: day, 13: day, 17: day})
    found = list(missing(pad, date(2026, 11, 23), Calendar(policy), days=3))
    assert found == [Range(10, 11), Range(14, 16)]
    assert runs(1, 9, [1, 4, 5]) == [Range(2, 3), Range(6, 9)]
