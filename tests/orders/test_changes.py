"""Changing a confirmed order: side by side first, then all or nothing (CHG-1 … CHG-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk import deciding
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.changing import request
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.changes.queries import CHANGES, compare
from ordersdesk.orders.model import queries
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.notices.actions import noted
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.review import reason_queries
from ordersdesk.orders.terms.change_draft import Change, parsed
from ordersdesk.stock.queries import discrepancies
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, on_shelf, request_cancel
from tests.orders.looking import fee_and_total, lines_of, reserved, set_line
from tests.properties.proofs import everything, prove


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """An order of 20 × 25.00 = 500.00 and 10 × 1.50, confirmed."""
    a_customer(desk)
    an_item(desk, "A4-80", price="25.00", stock=100)
    an_item(desk, "PEN", price="1.50", stock=1000)
    an_item(desk, "PEN-RED", price="1.50", stock=1000)
    an_item(desk, "SAFE", price="26000.00", stock=5)
    agreed(desk, a_draft(("A4-80", 20), ("PEN", 10)))
    return desk


NUMBER = "SO20261123-0001"


def change(**values: Any) -> Change:
    return parsed({"order": NUMBER, "reason": "customer called", **values})


def quantity(position: int, pieces: Any, **more: Any) -> dict[str, Any]:
    return {"lines": [{"position": position, "quantity": pieces, **more}]}


def refusal(desk: Desk, wanted: Change) -> tuple[str, str | None]:
    """Ask for a change that is refused, with nothing left behind."""
    before = everything(desk.database)
    with pytest.raises(Refused) as refused:
        request(desk, wanted)
    assert everything(desk.database) == before
    assert refused.value.mend
    return refused.value.rule, refused.value.field


def grant(desk: Desk, made: Requested, *roles: str) -> None:
    deciding.grant(as_role(desk, *roles, login=f"a-{roles[0]}"), "change", made.number, seen_version=1)
    prove(desk.database)


# --- side by side


def test_old_and_new_stand_side_by_side_and_nothing_is_written(ready: Desk) -> None:
    before = everything(ready.database)
    found = compare(ready, change(**quantity(1, 22)))
    assert (found.old_total, found.new_total) == (Decimal("515.00"), Decimal("565.00"))
    assert [(pair.position, pair.change, pair.need, pair.short) for pair in found.lines] == [
        (1, "changed", 2, 0),
        (2, "same", 0, 0),
    ]
    assert (found.level, found.rule, [who.role for who in found.approvers]) == ("minor", "CHG-2", ["leader"])
    assert found.findings == ()
    assert everything(ready.database) == before


def test_the_fee_comes_back_when_the_goods_fall_below_the_limit(ready: Desk) -> None:
    found = compare(ready, change(**quantity(1, 3)))
    assert (found.new_goods, found.new_fee, found.new_total) == (Decimal("90.00"), Decimal("10.00"), Decimal("100.00"))
    assert found.level == "top"


def test_missing_goods_are_shown_with_what_is_there(ready: Desk) -> None:
    found = compare(ready, change(**quantity(1, 130)))
    assert (found.lines[0].available, found.lines[0].short, found.lines[0].need) == (100, 30, 110)
    assert [(each.rule, each.field) for each in found.findings] == [("STK-5", "lines.0.shortage")]


def test_another_day_shows_both_promises(ready: Desk) -> None:
    found = compare(ready, change(deliver_on="2026-11-26"))
    assert (found.old_promised_on, found.new_promised_on) == (date(2026, 11, 24), date(2026, 11, 26))
    assert (found.level, found.why) == ("major", "The promise moves by 2 working days (more than 1).")


# --- light changes (CHG-5)


def test_contact_address_and_note_change_at_once_and_add_a_version(ready: Desk) -> None:
    made = request(ready, change(contact="李雷", address="上海市张江路99号", note="ring twice"))
    order = page_queries.by_number(ready, NUMBER)
    assert (made.state, made.level, made.waits) == ("applied", "light", ())
    assert (order.head.contact, order.head.address, order.head.note) == ("李雷", "上海市张江路99号", "ring twice")
    assert (order.head.version, order.head.state, order.head.promised_on) == (2, "confirmed", date(2026, 11, 24))
    prove(ready.database)


def test_the_timeline_tells_old_and_new(ready: Desk) -> None:
    request(ready, change(address="上海市张江路99号"))
    row = page_queries.by_number(ready, NUMBER).story[-1]
    assert (row.verb, row.rule, row.note) == ("change", "CHG-1", "CH20261123-0001: customer called")
    assert (row.details["old"]["Address"], row.details["new"]["Address"]) == ("张江路88号", "上海市张江路99号")


def test_a_note_on_a_line_is_light_and_keeps_its_goods(ready: Desk) -> None:
    made = request(ready, change(lines=[{"position": 1, "note": "white"}]))
    assert (made.level, lines_of(ready)[0].note, reserved(ready)) == ("light", "white", {"A4-80": 20, "PEN": 10})


# --- approved changes


def test_a_minor_change_waits_for_the_team_leader_and_is_then_applied_whole(ready: Desk) -> None:
    made = request(ready, change(**quantity(1, 21)))
    assert (made.state, [(w.role, w.rule) for w in made.waits]) == ("asked", [("leader", "CHG-2")])
    assert (fee_and_total(ready), reserved(ready)) == (("0.00", "515.00"), {"A4-80": 20, "PEN": 10})
    grant(ready, made, "leader")
    assert (fee_and_total(ready), reserved(ready)) == (("0.00", "540.00"), {"A4-80": 21, "PEN": 10})
    assert CHANGES.read(ready, made.number).state == "applied"


def test_another_colour_keeps_the_position_and_moves_the_goods(ready: Desk) -> None:
    made = request(ready, change(lines=[{"position": 2, "item": "PEN-RED"}]))
    assert made.level == "minor"
    grant(ready, made, "leader")
    assert [(line.position, line.code, line.quantity) for line in lines_of(ready)] == [
        (1, "A4-80", 20), (2, "PEN-RED", 10),
    ]  # fmt: skip
    assert reserved(ready) == {"A4-80": 20, "PEN-RED": 10}


def test_an_added_line_gets_the_next_position(ready: Desk) -> None:
    made = request(ready, change(add=[{"item": "PEN-RED", "quantity": "20"}]))
    grant(ready, made, "leader")
    assert [(line.position, line.code, line.amount) for line in lines_of(ready)][-1] == (
        3, "PEN-RED", Decimal("30.00"),
    )  # fmt: skip


def test_an_increase_over_the_large_order_limit_also_asks_the_branch_gm(ready: Desk) -> None:
    made = request(ready, change(add=[{"item": "SAFE", "quantity": 2}]))
    assert [(one.occasion, one.role) for one in made.waits] == [
        ("change_top", "branch_gm"), ("large_order", "branch_gm"),
    ]  # fmt: skip


def test_special_goods_added_ask_the_manager_too(ready: Desk) -> None:
    ready.database.write(lambda session: session.connection().execute(update(CUSTOMER).values(size_class="key")))
    an_item(ready, "SEAL", price="5000.00", stock=5, listing="special")
    made = request(ready, change(add=[{"item": "SEAL", "quantity": 1}], accepted=["CAT-4:SEAL"]))
    assert [one.occasion for one in made.waits] == ["change_top", "special_goods"]
    deciding.grant(as_role(ready, "branch_gm"), "change", made.number, seen_version=1)
    assert CHANGES.read(ready, made.number).state == "asked"
    grant(ready, made, "manager")
    assert CHANGES.read(ready, made.number).state == "applied"


def test_nobody_grants_their_own_change(ready: Desk) -> None:
    leader = as_role(ready, "leader", login="zhou")
    made = request(leader, change(**quantity(1, 21)))
    with pytest.raises(Refused) as refused:
        deciding.grant(leader, "change", made.number, seen_version=1)
    assert refused.value.rule == "USR-3"


def test_a_denied_change_leaves_the_order_and_tells_who_asked(ready: Desk) -> None:
    made = request(ready, change(**quantity(1, 21)))
    deciding.deny(as_role(ready, "leader"), "change", made.number, seen_version=1, reason="too late")
    assert (CHANGES.read(ready, made.number).state, reserved(ready)["A4-80"]) == ("denied", 20)
    told = notices(ready)
    assert [one.sentence for one in told] == [f"{made.number} about {NUMBER} was denied: too late"]
    noted(ready, told[0].id)
    assert notices(ready) == []


def test_a_withdrawn_change_leaves_the_order_and_may_be_asked_again(ready: Desk) -> None:
    made = request(ready, change(**quantity(1, 21)))
    assert refusal(ready, change(**quantity(1, 22))) == ("CHG-1", "order")
    deciding.withdraw(ready, "change", made.number, reason="customer called again")
    assert request(ready, change(**quantity(1, 22))).number == "CH20261123-0002"


def test_granting_is_refused_when_the_order_changed_underneath(ready: Desk) -> None:
    made = request(ready, change(**quantity(1, 21)))
    request(ready, change(address="上海市张江路99号"))
    before = everything(ready.database)
    with pytest.raises(Stale) as refused:
        grant(ready, made, "leader")
    assert refused.value.message == f"{NUMBER} is not as it was asked about: Address: 张江路88号 → 上海市张江路99号."
    assert everything(ready.database) == before


def test_granting_is_refused_when_the_goods_are_gone_meanwhile(ready: Desk) -> None:
    made = request(ready, change(**quantity(1, 21)))
    agreed(ready, a_draft(("A4-80", 80), contact="Other"))
    with pytest.raises(Refused) as refused:
        grant(ready, made, "leader")
    assert (refused.value.rule, reserved(ready)["A4-80"]) == ("STK-5", 20)


# --- prices


def test_fewer_pieces_keep_the_price_that_was_said(ready: Desk) -> None:
    ready.database.write(lambda session: session.connection().exec_driver_sql("UPDATE item SET list_price = 9900"))
    found = compare(ready, change(**quantity(1, 19)))
    assert (found.lines[0].new.price, found.lines[0].new.amount) == (Decimal("25.00"), Decimal("475.00"))
    assert compare(ready, change(**quantity(1, 21))).lines[0].new.price == Decimal("99.00")


# --- closing short (CHG-5)


def test_a_line_closed_short_keeps_position_and_reason_and_frees_its_goods(ready: Desk) -> None:
    made = request(ready, change(lines=[{"position": 2, "close_short": True, "reason": "not needed"}]))
    assert (made.level, CHANGES.read(ready, made.number).kind) == ("minor", "short_close")
    grant(ready, made, "leader")
    line = lines_of(ready)[1]
    assert (line.position, line.quantity, line.closed_short, line.closed_why) == (2, 0, 10, "not needed")
    assert (reserved(ready), fee_and_total(ready)) == ({"A4-80": 20}, ("0.00", "500.00"))


def test_a_line_closed_short_is_not_read_back(ready: Desk) -> None:
    grant(ready, request(ready, change(lines=[{"position": 2, "close_short": True}])), "leader")
    assert not any(
        "PEN" in said for said in sentences(page_queries.by_number(ready, NUMBER), "en", plan=ready.policy.phones)
    )


def test_a_line_may_be_closed_short_to_what_is_here(ready: Desk) -> None:
    made = request(ready, change(lines=[{"position": 2, "close_short": True, "quantity": 4}]))
    grant(ready, made, "leader")
    line = lines_of(ready)[1]
    assert (line.quantity, line.closed_short, line.closed_why, line.amount) == (
        4,
        6,
        "customer called",
        Decimal("6.00"),
    )


def test_closing_every_line_is_a_cancellation(ready: Desk) -> None:
    every = [{"position": place, "close_short": True} for place in (1, 2)]
    assert refusal(ready, change(lines=every)) == ("CHG-4", "lines")


# --- slips and deliveries (CHG-3)


def test_a_quantity_goes_not_below_what_is_on_a_slip(ready: Desk) -> None:
    set_line(ready, 1, released=15)
    assert refusal(ready, change(**quantity(1, 14))) == ("CHG-3", "lines.0.quantity")
    assert compare(ready, change(**quantity(1, 15))).findings == ()


def test_a_delivered_line_is_not_changed(ready: Desk) -> None:
    set_line(ready, 1, released=20, delivered=20)
    assert refusal(ready, change(**quantity(1, 25))) == ("CHG-3", "lines.0.position")
    assert refusal(ready, change(lines=[{"position": 1, "item": "PEN-RED"}])) == ("CHG-3", "lines.0.position")


def test_what_is_delivered_needs_no_goods_again(ready: Desk) -> None:
    set_line(ready, 1, released=5, delivered=5)
    made = request(ready, change(**quantity(1, 21)))
    grant(ready, made, "leader")
    assert reserved(ready)["A4-80"] == 16


def test_the_address_on_a_printed_slip_is_not_changed(ready: Desk) -> None:
    set_line(ready, 1, released=5)
    assert refusal(ready, change(address="上海市张江路99号")) == ("CHG-3", "address")


def test_closing_short_keeps_what_is_on_a_slip(ready: Desk) -> None:
    set_line(ready, 1, released=18)
    made = request(ready, change(lines=[{"position": 1, "close_short": True}]))
    grant(ready, made, "leader")
    line = lines_of(ready)[0]
    assert (line.quantity, line.closed_short) == (18, 2)


# --- not confirmed yet (ORD-7)


def test_in_review_a_change_is_free_and_the_review_runs_anew(ready: Desk) -> None:
    made = agreed(ready, a_draft(("SAFE", 2), contact="Other"))
    assert made.state == "review"
    done = request(ready, parsed({"order": made.number, "reason": "only one", **quantity(1, 1)}))
    assert (done.state, done.level, done.order_state) == ("applied", "light", "confirmed")
    with ready.reading() as session:
        assert reason_queries.reasons(ready, session, queries.held_order(ready, session, made.number).id) == []


def test_in_review_a_change_that_still_needs_a_yes_asks_again(ready: Desk) -> None:
    made = agreed(ready, a_draft(("SAFE", 2), contact="Other"))
    done = request(ready, parsed({"order": made.number, "reason": "one more", **quantity(1, 3)}))
    assert (done.order_state, [one.occasion for one in done.waits]) == ("review", ["large_order"])
    deciding.grant(as_role(ready, "branch_gm"), "order", made.number, seen_version=2)
    assert page_queries.by_number(ready, made.number).head.state == "confirmed"
    prove(ready.database)


# --- refusals


@pytest.mark.parametrize(
    ("values", "rule", "field"),
    [
        ({}, "CHG-1", "lines"),
        ({"contact": "王芳"}, "CHG-1", "lines"),
        (quantity(1, 20), "CHG-1", "lines"),
        (quantity(9, 1), "CHG-1", "lines.0.position"),
        (quantity(1, "many"), "ORD-1", "lines.0.quantity"),
        (quantity(1, 0), "ORD-1", "lines.0.quantity"),
        (quantity(1, -3), "ORD-1", "lines.0.quantity"),
        (quantity(1, "2箱"), "CAT-1", "lines.0.quantity"),
        ({"lines": [{"position": 1, "item": "NOPE"}]}, "ORD-1", "lines.0.item"),
        ({"lines": [{"position": 1, "quantity": 3}, {"position": 1, "quantity": 4}]}, "CHG-1", "lines.1.position"),
        ({"add": [{"item": "PEN-RED"}]}, "ORD-1", "add.0.quantity"),
        ({"deliver_on": "2026-11-28"}, "DLV-3", "deliver_on"),
        ({"deliver_on": "2026-11-22"}, "DLV-3", "deliver_on"),
        ({"payment": "account"}, "CUS-8", "payment"),
        ({"payment": "shells"}, "ORD-1", "payment"),
        ({"contact": ""}, "ORD-1", "contact"),
        ({"note": "a\x1b[2J"}, "FIL-3", "note"),
        ({"contact": "李雷", "reason": " "}, "CHG-1", "reason"),
        ({"contact": "李雷", "version": 7}, "ORD-11", None),
        ({"order": "SO20261123-0099", "contact": "李雷"}, "ORD-9", "number"),
    ],
)
def test_what_cannot_be_changed_is_refused_by_rule_and_field(
    ready: Desk, values: dict[str, Any], rule: str, field: str | None
) -> None:
    assert refusal(ready, change(**values)) == (rule, field)


def test_a_public_holiday_is_refused_by_the_rule_of_the_promise(ready: Desk) -> None:
    calendar = ready.policy.calendar.model_copy(update={"holidays": {date(2026, 12, 1): "Founders"}})
    there = replace(ready, policy=ready.policy.model_copy(update={"calendar": calendar}))
    assert refusal(there, change(deliver_on="2026-12-01")) == ("DLV-3", "deliver_on")


@pytest.mark.parametrize(
    "data",
    [
        "text", [], {}, {"order": 5}, {"order": NUMBER, "lines": [{"position": "1"}]}, {"order": NUMBER, "size": 2},
        {"order": NUMBER, "deliver_on": "31 Feb"}, {"order": NUMBER, "lines": [{"position": 1, "quantity": 2.5}]},
    ],
)  # fmt: skip
def test_what_is_no_change_at_all_is_refused(data: Any) -> None:
    with pytest.raises(Refused) as refused:
        parsed(data)
    assert (refused.value.rule, bool(refused.value.mend)) == ("CHG-1", True)


def test_a_cancelled_order_is_not_changed(ready: Desk) -> None:
    ready.database.write(lambda session: session.connection().execute(ORDER.update().values(state="cancelled")))
    assert refusal(ready, change(contact="李雷"))[0] == "CHG-1"


def test_changing_needs_a_role_at_the_desk(ready: Desk) -> None:
    assert refusal(as_role(ready, "driver"), change(contact="李雷"))[0] == "USR-2"


def test_a_late_promise_stays_when_only_the_note_changes(ready: Desk, clock: FixedClock) -> None:
    clock.advance(timedelta(days=9))
    request(ready, change(note="still waiting"))
    assert page_queries.by_number(ready, NUMBER).head.promised_on == date(2026, 11, 24)


def test_the_counters_prove_every_change(ready: Desk) -> None:
    on_shelf(ready, 1, 5, code="SIB", kind="sibling")
    made = request(ready, change(**quantity(1, 103, shortage="transfer")))
    grant(ready, made, "branch_gm")
    with ready.reading() as session:
        assert discrepancies(session) == []
        assert session.connection().execute(LINE.select()).first() is not None
    assert reserved(ready)["A4-80"] == 103


# --- what was agreed before


def test_fewer_of_an_item_no_longer_sold_can_still_be_had(ready: Desk) -> None:
    gone = update(ITEM).where(ITEM.c.code == "A4-80").values(discontinued=True)
    ready.database.write(lambda session: session.connection().execute(gone))
    assert compare(ready, change(**quantity(1, 15))).findings == ()
    assert refusal(ready, change(**quantity(1, 21))) == ("CAT-2", "lines.0.item")


def test_fewer_than_before_need_not_keep_a_limit_set_since(ready: Desk) -> None:
    limit = update(ITEM).where(ITEM.c.code == "A4-80").values(purchase_limit=5)
    ready.database.write(lambda session: session.connection().execute(limit))
    assert compare(ready, change(**quantity(1, 15))).findings == ()
    assert refusal(ready, change(**quantity(1, 21))) == ("ORD-4", "lines.0.quantity")


# --- a threshold counts what belongs together (CHG-2)


def stepped(desk: Desk, pieces: int) -> str:
    """Ask for so many pieces in all, have it applied by whoever it asks, and return the level."""
    made = request(desk, change(**quantity(1, pieces)))
    roles = ("leader", "manager", "branch_gm", "finance")
    deciding.grant(as_role(desk, *roles, login="over"), "change", made.number, seen_version=1)
    return made.level


def test_seven_small_steps_are_one_large_one(ready: Desk) -> None:
    """From 515.00 on in steps of 25.00: what is approved at a level is measured from there at that level."""
    assert [stepped(ready, pieces) for pieces in range(21, 28)] == [
        "minor", "minor", "major", "minor", "minor", "major", "minor",
    ]  # fmt: skip


def test_half_of_the_order_needs_the_branch_gm_however_many_steps_it_takes(ready: Desk) -> None:
    levels = [stepped(ready, pieces) for pieces in range(22, 34, 2)]
    assert (levels.count("top"), levels[-1]) == (1, "top")


def test_what_is_made_smaller_first_is_cancelled_by_whoever_cancels_all_of_it(ready: Desk) -> None:
    assert stepped(ready, 19) == "minor"  # 490.00 are left
    made = request_cancel(ready, number=NUMBER, reason="closed down")
    assert [one.role for one in made.waits] == ["manager"]
