"""The warehouse picks: what is there goes, what is missing goes back to the order, once (SLP-4)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from ordersdesk.delivery.model.picking_queries import ForSlip, ToFetch, picklist
from ordersdesk.delivery.model.queries import by_number, story
from ordersdesk.delivery.picking.actions import Missed, pick, pick_all
from ordersdesk.delivery.picking.rules import counted, lacking
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number as order_of
from ordersdesk.orders.notices.queries import notices
from tests.builders import as_role
from tests.concurrency.together import at_once
from tests.delivery.building import a_slip
from tests.delivery.counting import counters, shelf

FIVE = ("A4-80", 5)
TWO = ("PEN", 2)


@pytest.fixture
def store(desk: Desk) -> Desk:
    return as_role(desk, "warehouse", login="ku")


def printed(desk: Desk, *lines: tuple[str, Any], **values: Any) -> str:
    return a_slip(desk, *lines, state="printed", **values).head.number


PAPER: Any = SimpleNamespace(
    head=SimpleNamespace(number="SL1"),
    lines=[SimpleNamespace(id=71, position=1, pieces=5), SimpleNamespace(id=72, position=2, pieces=3)],
)


@pytest.mark.parametrize(
    ("found", "short"),
    [(None, {}), ({}, {}), ({1: 5, 2: 3}, {}), ({1: 4}, {71: 1}), ({2: 0}, {72: 3}), ({1: 0, 2: 1}, {71: 5, 72: 2})],
)
def test_a_line_nobody_spoke_of_was_found_whole(found: dict[int, int] | None, short: dict[int, int]) -> None:
    assert lacking(PAPER, found) == short


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({2: 4}, "Line 2: 4 found of 3 cannot be."),
        ({1: -1}, "Line 1: -1 found of 5 cannot be."),
        ({9: 1, 7: 1}, "SL1 has no line 7."),
    ],
)
def test_more_than_there_is_and_lines_that_are_not_there_are_refused(found: dict[int, int], says: str) -> None:
    with pytest.raises(Refused) as no:
        lacking(PAPER, found)
    assert (no.value.rule, no.value.field, no.value.message) == ("SLP-4", "found", says)


@pytest.mark.parametrize(("parcels", "good"), [(1, True), (9_999, True), (0, False), (10_000, False)])
def test_parcels_are_counted_from_one_to_what_a_label_has_room_for(parcels: int, good: bool) -> None:
    if good:
        assert counted(parcels) == parcels
        return
    with pytest.raises(Refused) as no:
        counted(parcels)
    assert (no.value.rule, no.value.field, no.value.message) == ("SLP-4", "parcels", f"{parcels} parcels cannot be.")


def test_everything_was_there(store: Desk) -> None:
    number = printed(store, FIVE, TWO)
    done = pick(store, number.lower(), parcels=3)
    head = by_number(store, number).head
    assert (done.state, done.pieces, done.missed, head.parcels, head.picked_by) == ("picked", 7, (), 3, "ku")
    assert counters(store)[0][1:] == (5, 0, 5, 5, 0, 0)


def test_what_is_missing_goes_back_to_the_order_and_off_the_book(store: Desk) -> None:
    number = printed(store, FIVE, TWO)
    done = pick(store, number, found={1: 3})
    slip = by_number(store, number)
    assert done.missed == (Missed(1, "A4-80", "复印纸 A4-80", "包", 5, 3),)
    assert [(line.pieces, line.asked, line.amount) for line in slip.lines] == [
        (3, 5, Decimal("75.00")),
        (2, 2, Decimal("50.00")),
    ]
    assert (slip.head.pieces, slip.head.goods, slip.head.due) == (5, Decimal("125.00"), Decimal("125.00"))
    assert counters(store) == [("A4-80", 5, 2, 3, 3, 0, 0), ("PEN", 2, 0, 2, 2, 0, 0)]
    assert shelf(store) == [(1, 998, 3, 0), (2, 1000, 2, 0)]
    assert order_of(store, slip.head.order_number).head.delivery == "partly released"


def test_the_agent_and_both_stories_are_told(store: Desk) -> None:
    number = printed(store, FIVE)
    pick(store, number, found={1: 3}, parcels=2)
    slip = by_number(store, number).head
    said = f"2 包 of A4-80 were not on the shelf for slip {number}; the order waits for them."
    assert [(one.rule, one.sentence) for one in notices(as_role(store, "agent", login="lin"))] == [("SLP-4", said)]
    with store.reading() as session:
        assert story(session, slip.id)[-1].note == "parcels: 2; not found: A4-80 × 2"
    notes = [row.note for row in order_of(store, slip.order_number).story]
    assert f"not found for slip {number}: A4-80 × 2" in notes


def test_a_slip_of_which_nothing_was_found_is_no_slip(store: Desk) -> None:
    number = printed(store, FIVE)
    assert pick(store, number, found={1: 0}, parcels=0).state == "void"
    head = by_number(store, number).head
    assert (head.why, head.picked_by, counters(store)[0][1:]) == (
        "Nothing of it was on the shelf.", "", (5, 5, 0, 0, 0, 0),
    )  # fmt: skip
    assert shelf(store) == [(1, 995, 0, 0)]


def test_a_short_slip_keeps_its_fee_and_less_is_due(store: Desk) -> None:
    number = printed(store, ("A4-80", 2))
    before = by_number(store, number).head
    pick(store, number, found={1: 1})
    after = by_number(store, number).head
    assert (before.fee, before.due, after.fee, after.due) == tuple(map(Decimal, ("10.00", "60.00", "10.00", "35.00")))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"found": {1: 6}}, "found"),
        ({"found": {1: -1}}, "found"),
        ({"found": {9: 1}}, "found"),
        ({"found": {1: 10**30}}, "found"),
        ({"parcels": 0}, "parcels"),
        ({"parcels": -1}, "parcels"),
        ({"parcels": 10**30}, "parcels"),
        ({"number": "SL20261123-9999"}, "number"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(store: Desk, said: dict[str, Any], field: str) -> None:
    number = printed(store, FIVE)
    with pytest.raises(Refused) as refused:
        pick(store, **{"number": number, **said})
    assert (refused.value.field, bool(refused.value.mend)) == (field, True)
    assert (by_number(store, number).head.state, counters(store)[0][1:]) == ("printed", (5, 0, 5, 5, 0, 0))


def test_only_the_warehouse_picks_and_only_what_is_printed(store: Desk) -> None:
    made = a_slip(store, FIVE).head.number
    with pytest.raises(Refused, match="is made"):
        pick(store, made)
    with pytest.raises(Refused, match="may not do this"):
        pick(as_role(store, "agent", "dispatcher"), printed(store, TWO))


def test_two_who_pick_the_same_slip_do_so_once(store: Desk) -> None:
    number = printed(store, FIVE)
    made = at_once([partial(pick, store, number, found={1: 3}) for _turn in range(3)])
    assert sorted(type(one).__name__ for one in made) == ["Picked", "Refused", "Refused"]
    assert (counters(store)[0][1:], shelf(store)) == ((5, 2, 3, 3, 0, 0), [(1, 998, 3, 0)])


def test_many_are_picked_together_or_none(store: Desk) -> None:
    one, two = printed(store, FIVE), printed(store, TWO)
    made = a_slip(store, FIVE).head.number
    with pytest.raises(Refused):
        pick_all(store, [one, two, made])
    assert [done.number for done in pick_all(store, [two, one, one])] == [one, two]


def test_the_list_to_walk_with_sums_each_item_over_the_slips(store: Desk) -> None:
    one, two, _picked = printed(store, FIVE, TWO), printed(store, FIVE), pick(store, printed(store, TWO))
    assert picklist(store) == [
        ToFetch("A4-80", "复印纸 A4-80", "", "包", 10, (ForSlip(one, 1, 5), ForSlip(two, 1, 5))),
        ToFetch("PEN", "复印纸 PEN", "", "包", 2, (ForSlip(one, 2, 2),)),
    ]
    assert [each.pieces for each in picklist(store, slips=[two])] == [5]
    assert picklist(store, route="R9") == picklist(store, wave="07:00") == []
