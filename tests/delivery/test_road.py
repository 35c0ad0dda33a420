"""Route sheets from loading to departure: what may be on them, in which order, and once (SLP-4, SLP-5)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from ordersdesk.delivery.advice.actions import advise, follow_up, receipt
from ordersdesk.delivery.advice.queries import unadvised, unreceipted
from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.model.flow import ROUTE_FLOW
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.routes.actions import Trip, load_by_route, make, make_with_picked, suggest
from ordersdesk.delivery.routes.confirming_actions import confirm
from ordersdesk.delivery.routes.confirming_queries import to_confirm
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.loading_actions import load, reorder, unload, void_sheet
from ordersdesk.delivery.routes.queries import letter_of, sheet, sheets
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.stock.queries import discrepancies
from tests.builders import a_customer, as_role
from tests.delivery.building import a_slip
from tests.delivery.counting import counters, shelf
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road


def numbers(*slips: object) -> tuple[str, ...]:
    """The numbers of slips."""
    return tuple(slip.head.number for slip in slips)  # type: ignore[attr-defined]


def test_urgent_goods_stand_first_then_key_customers_then_as_scanned(desk: Desk) -> None:
    a_customer(desk, "C900001", size_class="key")
    plain, other = a_slip(desk, state="picked"), a_slip(desk, state="picked")
    key, urgent = (
        a_slip(desk, state="picked", customer="C900001"),
        a_slip(desk, state="picked", urgent=True, note="前台收"),
    )
    first = a_sheet(desk, *numbers(other, plain, key))
    done = load(dispatcher(desk), first, numbers(urgent))
    assert (done.slips, done.loaded) == (numbers(urgent, key, other, plain), numbers(urgent))
    assert [slip.place for slip in sheet(desk, first).slips] == [1, 2, 3, 4]


def test_a_stop_is_moved_by_hand_and_a_new_slip_goes_behind_its_own(desk: Desk) -> None:
    one, two, late = (a_slip(desk, state="picked") for _each in range(3))
    number = a_sheet(desk, *numbers(one, two))
    assert reorder(dispatcher(desk), number, two.head.number, 1).slips == numbers(two, one)
    assert load(dispatcher(desk), number, numbers(late)).slips == numbers(two, one, late)


@pytest.mark.parametrize(
    ("state", "why"), [("made", "it is not printed and not picked"), ("printed", "it is not picked")]
)
def test_what_is_not_picked_is_not_loaded_and_the_refusal_names_what_is_missing(
    desk: Desk, state: str, why: str
) -> None:
    ready, slip = a_slip(desk, state="picked"), a_slip(desk, state=state)
    with pytest.raises(Refused) as no:
        a_sheet(desk, *numbers(ready, slip))
    assert (no.value.rule, no.value.message) == ("SLP-5", f"{slip.head.number} cannot be loaded: {why}.")
    assert by_number(desk, ready.head.number).head.state == "picked"


def test_a_slip_is_on_one_sheet_only(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    first, second = a_sheet(desk, slip), a_sheet(desk)
    with pytest.raises(Refused, match=f"it is on {first} already"):
        load(dispatcher(desk), second, [slip])


def test_a_slip_of_another_route_is_loaded_with_a_warning(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    done = make(dispatcher(desk), Trip("R9"), slips=[slip])
    assert (done.slips, done.warnings) == ((slip,), (f"{slip} goes with R1, this is R9.",))


def test_what_is_taken_off_is_picked_again_and_the_stops_close_up(desk: Desk) -> None:
    one, two, three = numbers(*(a_slip(desk, state="picked") for _each in range(3)))
    number = a_sheet(desk, one, two, three)
    unload(dispatcher(desk), number, [two])
    left, off = sheet(desk, number).slips, by_number(desk, two).head
    assert ([(slip.number, slip.place) for slip in left], off.state, off.sheet_id, off.place) == (
        [(one, 1), (three, 2)], "picked", None, 0,
    )  # fmt: skip


def test_a_void_sheet_gives_its_slips_back_and_loads_no_more(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    number = a_sheet(desk, slip)
    void_sheet(dispatcher(desk), number, why="no van")
    assert (by_number(desk, slip).head.state, sheet(desk, number).head.state) == ("picked", "void")
    with pytest.raises(Refused, match="is void"):
        load(dispatcher(desk), number, [slip])


def test_the_sheets_of_a_wave_are_made_at_once_and_filled_when_asked_again(desk: Desk) -> None:
    a_customer(desk, "C900002", route="R2")
    first, day = a_slip(desk, state="picked"), date(2026, 11, 24)
    made = suggest(dispatcher(desk), leaves=Wave(day, "13:00"))
    second = a_slip(desk, state="picked")
    again = suggest(dispatcher(desk), leaves=Wave(day, "13:00"))
    assert [one.slips for one in (*made.sheets, *again.sheets)] == [numbers(first), numbers(first, second)]
    assert [(row.route, row.slips, row.open) for row in sheets(desk)] == [("R1", 2, 2)]
    assert [row.expected for row in sheets(desk)] == [first.head.due + second.head.due]
    assert make_with_picked(dispatcher(desk), Trip("R1", Wave(day, "13:00"))).slips == ()


def test_slips_find_the_sheet_of_their_route_and_wave(desk: Desk) -> None:
    one, two = (a_slip(desk, state="picked").head for _each in range(2))
    (first,) = load_by_route(dispatcher(desk), [one.number])
    (again,) = load_by_route(dispatcher(desk), [two.number])
    head = sheet(desk, first.number).head
    assert (head.route, head.day, head.wave) == ("R1", one.leaves_on, one.wave)
    assert (again.number, again.loaded, again.slips) == (first.number, (two.number,), (one.number, two.number))


def test_at_departure_the_goods_leave_and_the_order_knows(desk: Desk) -> None:
    slip = a_slip(desk, ("A4-80", 4), state="picked").head.number
    number = a_sheet(desk, slip)
    gone = depart(dispatcher(desk), number, vehicle="沪A12345", driver="老郝")
    assert (gone.slips, gone.pieces, gone.expected, gone.to_advise) == ((slip,), 4, Decimal("100.00"), (slip,))
    assert (counters(desk), shelf(desk)) == ([("A4-80", 4, 0, 4, 4, 4, 0)], [(1, 996, 0, 0)])
    head = sheet(desk, number).head
    assert (head.state, head.vehicle, head.driver, head.expected) == ("departed", "沪A12345", "老郝", gone.expected)
    with desk.reading() as session:
        assert discrepancies(session) == []


@pytest.mark.parametrize(
    ("said", "field"), [({}, "driver"), ({"driver": "老郝"}, "vehicle"), ({"vehicle": "沪A12345"}, "driver")]
)
def test_no_van_of_ours_leaves_without_driver_and_plate(desk: Desk, said: dict[str, str], field: str) -> None:
    slip = a_slip(desk, state="picked").head.number
    number = make(dispatcher(desk), Trip("R1"), slips=[slip]).number
    with pytest.raises(Refused) as no:
        depart(dispatcher(desk), number, **said)
    assert (no.value.rule, no.value.field) == ("SLP-5", field)
    depart(dispatcher(desk), number, driver="老郝", vehicle="沪A12345")


def unasked(desk: Desk) -> None:
    """What slips are about which nobody has called the customer again."""
    forget = "UPDATE slip SET confirmed_at = NULL"
    desk.database.write(lambda session: session.connection().exec_driver_sql(forget))


def test_a_first_delivery_leaves_only_when_somebody_has_confirmed_it_with_the_customer(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    number = a_sheet(desk, slip)
    unasked(desk)
    assert [row.number for row in to_confirm(desk)] == [slip]
    with pytest.raises(Refused) as no:
        depart(dispatcher(desk), number)
    assert (no.value.rule, slip in no.value.message) == ("CUS-14", True)
    assert confirm(dispatcher(desk), slip, note="the guard takes it") == slip
    assert to_confirm(desk) == []
    depart(dispatcher(desk), number)


def test_a_customer_whom_goods_have_reached_before_is_not_called_again(desk: Desk) -> None:
    delivered(driver(desk), on_the_road(desk, customer="C100001"))
    slip = a_slip(desk, ("B5", 3), customer="C100001", state="picked").head.number
    unasked(desk)
    assert to_confirm(desk) == []
    depart(dispatcher(desk), a_sheet(desk, slip))


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 20)])
def test_a_van_that_leaves_on_another_day_than_its_sheet_says_why(desk: Desk, day: date) -> None:
    number = a_sheet(desk, a_slip(desk, state="picked").head.number)
    change = f"UPDATE route_sheet SET day = '{day}'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(change))
    with pytest.raises(Refused) as no:
        depart(dispatcher(desk), number)
    assert (no.value.rule, no.value.field) == ("SLP-5", "other_day")
    depart(dispatcher(desk), number, other_day="the road is closed tomorrow")
    with desk.reading() as session:
        story = timeline(session, ROUTE_FLOW.kind, sheet(desk, number).head.id)
    assert (story[-1].verb, story[-1].note) == ("depart", "the road is closed tomorrow")


def test_a_sheet_leaves_once_and_not_empty(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    number, empty = a_sheet(desk, slip), a_sheet(desk)
    depart(dispatcher(desk), number)
    with pytest.raises(Refused, match="is on the road"):
        depart(dispatcher(desk), number)
    with pytest.raises(Refused, match=f"Nothing is loaded on {empty}"):
        depart(dispatcher(desk), empty)


def test_who_does_not_dispatch_makes_loads_and_sends_nothing(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    number, other = a_sheet(desk), as_role(desk, "agent", "warehouse", "driver", "order_group")
    for doing in (
        lambda: make(other, Trip("R1")), lambda: suggest(other), lambda: load(other, number, [slip]),
        lambda: depart(other, number), lambda: void_sheet(other, number),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            doing()
        assert no.value.rule in ("USR-2", "SLP-5")


@pytest.mark.parametrize(
    ("trip", "rule"),
    [(Trip(" "), "SLP-4"), (Trip("R1", Wave(date(2026, 11, 20), "13:00")), "DLV-4"),
     (Trip("R\x07"), "FIL-3"), (Trip("R1", driver="x" * 300), "FIL-3")],
)  # fmt: skip
def test_a_sheet_that_cannot_be_is_refused(desk: Desk, trip: Trip, rule: str) -> None:
    with pytest.raises(Refused) as no:
        make(dispatcher(desk), trip)
    assert (no.value.rule, bool(no.value.mend)) == (rule, True)


def test_the_customer_is_told_asked_and_signs_and_each_is_listed_until_then(desk: Desk) -> None:
    slip, agent = on_the_road(desk), as_role(desk, "agent")
    assert [row.number for row in unadvised(desk)] == [slip]
    advise(agent, slip, how="message")
    follow_up(agent, slip, how="call", note="到了")
    delivered(driver(desk), slip)
    assert ([row.number for row in unadvised(desk)], [row.number for row in unreceipted(desk)]) == ([], [slip])
    receipt(driver(desk), slip)
    assert unreceipted(desk) == []
    with pytest.raises(Refused, match="is back already"):
        receipt(driver(desk), slip)


def test_nobody_is_told_of_goods_that_are_still_here(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    a_sheet(desk, slip)
    with pytest.raises(Refused, match="has not left the house"):
        advise(as_role(desk, "agent"), slip)


def test_the_letter_of_an_urgent_delivery_says_who_takes_it_until_when(desk: Desk) -> None:
    wishes = {"latest": time(16, 30), "department": "采购部", "papers": "质检报告"}
    slip = a_slip(desk, state="picked", urgent=True, invoice="ordinary", **wishes).head
    letter = letter_of(desk, slip.number)
    assert (letter.department, letter.contact, letter.wave, letter.latest, letter.to_collect) == (
        "采购部", "王芳", "12:00", "16:30", slip.due,
    )  # fmt: skip
    assert letter.papers == (
        "ordinary invoice, with the goods", "delivery slip, customer's copy", "delivery slip, receipt to be signed",
        "money to collect", "质检报告",
    )  # fmt: skip
    with pytest.raises(Refused, match="no urgent delivery"):
        letter_of(desk, a_slip(desk).head.number)
