"""Taking an order by keyboard: what lands where, what is asked, what is kept, and how many keys it costs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ordersdesk.calls.queries import of_day, unfinished
from ordersdesk.catalogue.actions import add_item
from ordersdesk.credit.queries import leads
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.queries import Filter, page
from ordersdesk.stock.queries import shelves
from screens.intake.call.journal import Journal
from screens.intake.terms import Terms
from tests.builders import an_item, as_role
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.intake import CODES, at_the_intake, furnished, intake

LINES = "".join(f"{code}<Enter>{number + 1}<Enter>" for number, code in enumerate(CODES))
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def keys(typed: str) -> int:
    """How many keys a text in the language of `type_keys` takes."""
    return len(re.findall(r"<[A-Za-z][\w+]*>|.", typed))


def orders(desk: Desk) -> list[str]:
    return [entry.number for entry in page(desk, Filter())]


async def test_a_known_caller_five_lines_confirmed_and_read_back_within_the_budget(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("138 0013 8000")
        rest = ("<F9>", "<F9>")
        await type_keys(pilot, LINES + rest[0])
        await wait_for(pilot, "is confirmed. Read it back")
        await type_keys(pilot, rest[1])
        await wait_for(pilot, "SO20261123-0001 is done.")
    order = by_number(desk, "SO20261123-0001")
    assert [(line.code, line.quantity) for line in order.lines] == [(code, n + 1) for n, code in enumerate(CODES)]
    assert (order.head.contact, order.head.payment) == ("王芳", "cash")
    assert "read back" not in [entry.verb for entry in order.story]
    characters = sum(len(code) + 1 for code in CODES)
    assert (keys(LINES) - characters, len(rest)) == (2 * len(CODES), 2)


async def test_same_as_last_time_takes_three_keys(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "HB-2<Enter>7<Enter><F9>")
        await type_keys(pilot, "<F9>")
        desk.clock.advance(__import__("datetime").timedelta(hours=1))  # type: ignore[attr-defined]
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "<Ctrl+S><F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "SO20261123-0002 is done.")
    assert [(line.code, line.quantity) for line in by_number(desk, "SO20261123-0002").lines] == [("HB-2", 7)]


async def test_a_new_caller_costs_one_key_a_field_beyond_the_text(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13912345678")
        fields = ("新星文具", "李明", "", "浦东新区世纪大道1号", "浦东")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, "Territory")
        await type_keys(pilot, "".join(f"{text}<Enter>" for text in fields))
        await wait_for(pilot, "新星文具", "First order.")
        await type_keys(pilot, "A4-80<Enter>3<Enter><F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is done.")
    head = by_number(desk, orders(desk)[0]).head
    assert (head.customer_name, head.contact, head.address) == ("新星文具", "李明", "浦东新区世纪大道1号")


async def test_short_goods_ask_how_the_rest_shall_come(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "PEN-1<Enter>120<Enter>")
        await wait_for(pilot, "100 left, 120 wanted")
        await type_keys(pilot, "<Down><Down><Enter>")
        await type_keys(pilot, "<F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is done.")
    line = by_number(desk, orders(desk)[0]).lines[0]
    assert (line.quantity, line.short, line.shortage) == (120, 20, "purchase")


async def test_goods_that_are_all_gone_leave_no_line_when_the_customer_does_without(desk: Desk, tmp_path: Path) -> None:
    add_item(as_role(furnished(desk), "admin"), {"code": "GONE", "name": "图钉", "unit": "盒", "list_price": 3})
    async with at_the_intake(desk, tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>1<Enter>GONE<Enter>5<Enter>")
        await wait_for(pilot, "0 left, 5 wanted")
        await type_keys(pilot, "5<Enter>")
        await wait_for(pilot, "图钉: nothing is here, the line is left out.")
        await type_keys(pilot, "<F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is done.")
    assert [line.code for line in by_number(desk, orders(desk)[0]).lines] == ["A4-80"]


async def test_goods_are_held_while_typed_and_given_back_when_the_call_ends(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>30<Enter>")
        with desk.reading() as session:
            assert [shelf.reserved for shelf in shelves(session, [1])[1]] == [30]
        await type_keys(pilot, "<F3>")
        await wait_for(pilot, "Outcome")
        await type_keys(pilot, "enq<Enter><Enter>")
        await wait_for(pilot, "The call is ended.")
        assert Journal(tmp_path, "lin").unfinished() == []
    with desk.reading() as session:
        assert [shelf.reserved for shelf in shelves(session, [1])[1]] == [0]


async def test_what_shall_be_remembered_of_a_call_is_noted_on_the_way_up(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>1<Enter><F3>enq<Enter><Up>wants a quote<Enter><Enter>")
        await wait_for(pilot, "The call is ended.")
    assert [(one.outcome, one.note) for one in of_day(desk, desk.today())] == [("enquiry", "wants a quote")]


async def test_an_order_names_its_contract(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>1<Enter><Enter>")
        for _term in range(8):  # from the contact to the channel
            await type_keys(pilot, "<Enter>")
        await type_keys(pilot, "HT-2026-7<Enter>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "SO20261123-0001")
    assert by_number(desk, orders(desk)[0]).head.contract == "HT-2026-7"


async def test_a_question_is_answered_by_a_second_f9(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "HB-2<Enter>7<Enter><F9>")
        await type_keys(pilot, "<F9>")
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "HB-2<Enter>7<Enter><F9>")
        await wait_for(pilot, "with nearly the same lines", "F9 says yes.")
        assert orders(desk) == ["SO20261123-0001"]
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "waits for review")


async def test_who_wants_credit_is_called_by_a_sales_rep_and_the_order_goes_on(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>50<Enter>")
        await wait_for(pilot, "500.00")
        intake(pilot).query_one(Terms).fill({**intake(pilot).query_one(Terms).values(), "payment": "account"})
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "a sales rep will call", "about credit. F9 says yes.")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is confirmed. Read it back")
        assert [(lead.number, lead.by) for lead in leads(desk)] == [("C000001", "lin")]
        assert by_number(desk, orders(desk)[0]).head.payment == "cash"


async def test_a_wrong_item_and_a_wrong_quantity_are_refused_where_they_stand(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "nothing such<Enter>")
        await wait_for(pilot, "No item is found for “nothing such”.")
        assert intake(pilot).work.lines == []


async def test_a_bar_code_of_two_items_asks_which_is_meant(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, "B1", barcode="6901234567892")
    an_item(desk, "B2", barcode="6901234567892")
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "6901234567892<Enter>")
        await wait_for(pilot, "is the code of several items: B1", "B2")
        await type_keys(pilot, "<Down><Enter>3<Enter>")
        await wait_until(pilot, lambda: [line.item for line in intake(pilot).work.lines] == ["B2"])


async def test_two_scans_in_a_row_are_two_lines_of_one_piece(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, "B1", barcode="6901234567892", stock=9)
    an_item(desk, "B2", barcode="690123", stock=9)
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "6901234567892<Enter>690123<Enter>6901234567892<Enter>4<Enter>")
        await wait_for(pilot, "B1 is on line 1 already, 1 of it: once more?")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: len(intake(pilot).work.lines) == 3)
        taken = [(line.item, line.quantity) for line in intake(pilot).work.lines]
        assert taken == [("B1", "1"), ("B2", "1"), ("B1", "4")]


async def test_parked_and_resumed_everything_is_as_it_was(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>3<Enter>PEN<F8>")
        await wait_for(pilot, "The call is parked")
        key = unfinished(desk)[0].key
        await intake(pilot).resume(key)
        await wait_for(pilot, "明远办公", "A4-80")
        assert intake(pilot).query_one("#item DeskInput").value == "PEN"  # type: ignore[attr-defined]
        assert [(line.item, line.quantity) for line in intake(pilot).work.lines] == [("A4-80", "3")]


async def test_another_caller_brings_their_own_contact_address_and_payment(desk: Desk, tmp_path: Path) -> None:
    furnished(desk)
    create(
        desk,
        NewCustomer(
            name="锦翔物业",
            contact="郑春晖",
            phone="02155501272",
            address="安亭路2191号",
            region="上海",
            territory="浦东",
        ),
    )
    async with at_the_intake(desk, tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>3<Enter><Up><Up>")
        await type_keys(pilot, "1272<Enter>")
        await wait_for(pilot, "锦翔物业", "安亭路2191号")
        await type_keys(pilot, "<F9>")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "is done.")
    head = by_number(desk, orders(desk)[0]).head
    assert (head.customer_name, head.contact, head.address) == ("锦翔物业", "郑春晖", "安亭路2191号")


@pytest.mark.parametrize("back", ["<Up>", "<Esc>"])
async def test_from_the_terms_there_is_a_way_back_to_the_lines(desk: Desk, tmp_path: Path, back: str) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, f"8000<Enter>A4-80<Enter>3<Enter><Enter>{back}PEN-1<Enter>2<Enter>")
        await wait_for(pilot, "PEN-1")
        assert [line.item for line in intake(pilot).work.lines] == ["A4-80", "PEN-1"]


async def test_a_new_intake_shows_nothing_of_the_caller_before(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>A4-80<Enter>3<Enter><F8>")
        await wait_for(pilot, "The call is parked")
        await wait_until(pilot, lambda: "张江路" not in screen_text(pilot.app))


async def test_a_dropped_call_that_rings_again_opens_at_the_same_line(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>3<Enter>PEN<F8>")
        await intake(pilot).pop("+86 138-0013-8000")
        await wait_for(pilot, "明远办公", "A4-80", "Item PEN")


async def test_every_key_is_in_the_journal(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        for typed, typing in (
            ("A4-80<Enter>3<Enter>PE", {"item": "PE"}),
            ("N-1<Enter>1", {"item": "PEN-1", "quantity": "1"}),
        ):
            await type_keys(pilot, typed)
            kept = Journal(tmp_path, "lin").unfinished()
            assert [(work.customer, work.typing) for work in kept] == [("C000001", typing)]


async def test_a_second_call_parks_the_first(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "A4-80<Enter>3<Enter>")
        await intake(pilot).pop("13912345678")
        await wait_for(pilot, "13912345678")
        await wait_until(pilot, lambda: [ring.state for ring in unfinished(desk)] == ["parked", "open"])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_names_are_shown_and_not_run(desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    furnished(desk)
    from ordersdesk.catalogue.actions import edit_item  # noqa: PLC0415

    edit_item(as_role(desk, "admin"), "PEN-1", {"name": "[@click=app.quit]x[/] [/] \u202eabc"})
    async with at_the_intake(desk, tmp_path, size=size) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "PEN-1<Enter>3<Enter>")
        await wait_for(pilot, "[@click=app.qu")
        assert "\u202e" not in screen_text(pilot.app)


async def test_a_second_f9_typed_ahead_does_not_end_the_read_back(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await intake(pilot).pop("13800138000")
        await type_keys(pilot, "HB-2<Enter>7<Enter><F9><F9>")
        await wait_for(pilot, "is confirmed. Read it back", "kept: ‹F9›")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "SO20261123-0001 is done.")


async def test_a_question_is_not_answered_by_an_f9_typed_before_it_was_asked(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        for keys in ("8000<Enter>HB-2<Enter>7<Enter><F9>", "<F9>", "8000<Enter>HB-2<Enter>7<Enter><F9><F9>"):
            await type_keys(pilot, keys)
        await wait_for(pilot, "with nearly the same lines", "says yes.", "kept: ‹F9›")
        assert orders(desk) == ["SO20261123-0001"]


async def test_the_same_goods_typed_again_are_asked_about_once(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>HB-2<Enter>7<Enter>HB-2<Enter>3<Enter>PEN-1")
        await wait_for(pilot, "HB-2 is on line 1 already, 7 of it: once more?", "kept: PEN-1")
        assert [line.item for line in intake(pilot).work.lines] == ["HB-2"]
        await type_keys(pilot, "<Enter>")
        assert [(line.item, line.quantity) for line in intake(pilot).work.lines] == [("HB-2", "7"), ("HB-2", "3")]
