"""Where is my order? One or two sentences to say aloud, from order, slip, route sheet and trouble (ORD-14)."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ordersdesk.customers.records.actions import block
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.failed_actions import failed, note_trouble
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.whereabouts.queries import where_is
from ordersdesk.delivery.whereabouts.rules import Stop, of_slip
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.orders.book.answer_queries import Owed, owed_to, still_to_come
from ordersdesk.orders.review.standing_actions import unblock
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.file_actions import Coming, set_coming
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, at
from tests.delivery.building import a_slip, allocated, an_order
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road

NUMBER = "SO20261123-0001"
TOMORROW = "It is promised for tomorrow."


ZONE, TODAY = ZoneInfo("Asia/Shanghai"), date(2026, 11, 24)
LEFT = datetime(2026, 11, 24, 0, 35, tzinfo=UTC)  # 08:35 at the branch
SLIP: Any = {
    "state": "loaded", "wave": "08:30", "leaves_on": TODAY, "left_at": None, "carrier": "", "place": 3, "why": "",
    "signed_at": None, "signed_by": "", "changed_at": LEFT, "again_on": None,
}  # fmt: skip
SHEET: Any = SimpleNamespace(route="R1", driver="高")


@pytest.mark.parametrize(
    ("slip", "sheet", "told"),
    [
        ({"state": "made"}, None, "It is set aside for the 08:30 wave, today."),
        ({"leaves_on": date(2026, 11, 25)}, None, "It is loaded and leaves with the 08:30 wave, tomorrow."),
        ({"left_at": LEFT}, None, "It is on the road since 08:35."),
        ({"left_at": LEFT - timedelta(days=1)}, None, "It is on the road since yesterday 08:35."),
        ({"left_at": LEFT}, SHEET, "It is on the road since 08:35 with route R1, driver 高: stop 3 of 5."),
        ({"left_at": LEFT}, SimpleNamespace(route="", driver=""),
         "It is on the road since 08:35 with route –, driver –: stop 3 of 5."),
        ({"left_at": LEFT, "carrier": "顺丰"}, SHEET, "It is with 顺丰 since 08:35."),
        ({"state": "delivered", "left_at": LEFT, "signed_at": LEFT, "signed_by": "王", "changed_at": None}, SHEET,
         "It was delivered: 08:35, signed by 王."),
        ({"state": "delivered"}, None, "It was delivered: 08:35, signed by –."),
        ({"state": "refused", "why": "too big for us", "signed_by": "王"}, None,
         "It was delivered: 08:35, signed by 王; a part came back with us: too big for us."),
        ({"state": "refused", "signed_by": "王"}, None,
         "It was delivered: 08:35, signed by 王; a part came back with us: refused at the door."),
        ({"state": "failed", "left_at": LEFT}, SHEET, "It could not be handed over: –."),
        ({"state": "failed", "why": "gate shut", "again_on": date(2026, 11, 25)}, None,
         "It could not be handed over: gate shut. It comes again tomorrow."),
    ],
)  # fmt: skip
def test_one_slip_is_one_sentence(slip: dict[str, Any], sheet: Any, told: str) -> None:
    head: Any = SimpleNamespace(**(SLIP | slip))
    assert of_slip(head, "It", Stop(sheet, 5), ZONE, TODAY) == told


def test_an_order_on_no_slip_yet_keeps_its_goods(desk: Desk) -> None:
    an_order(desk)
    assert where_is(desk, NUMBER) == [f"Your order {NUMBER} is confirmed; its goods are kept for it.", TOMORROW]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("made", "is set aside for the 13:00 wave, tomorrow."),
        ("printed", "is being picked for the 13:00 wave, tomorrow."),
        ("picked", "is packed and leaves with the 13:00 wave, tomorrow."),
        ("loaded", "is loaded and leaves with the 13:00 wave, tomorrow."),
    ],
)
def test_a_slip_says_how_far_it_is(desk: Desk, state: str, told: str) -> None:
    a_slip(desk, state=state)
    assert where_is(desk, NUMBER) == [f"Your order {NUMBER} {told}", TOMORROW]


def test_what_holds_goods_is_said_until_they_have_left(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    manager = as_role(desk, "manager", login="wang")
    block(manager, 1, reason="诉讼")
    held = "Something must be cleared in our house before it leaves: we call you back."
    assert where_is(desk, NUMBER) == [
        f"Your order {NUMBER} is packed and leaves with the 13:00 wave, tomorrow.", held, TOMORROW,
    ]  # fmt: skip
    unblock(manager, 1)
    depart(dispatcher(desk), a_sheet(desk, slip), other_day="asked for")
    block(manager, 1, reason="诉讼")
    assert held not in where_is(desk, NUMBER)


def test_on_the_road_it_names_route_driver_and_stop_in_both_languages(desk: Desk) -> None:
    on_the_road(desk)
    assert where_is(desk, NUMBER) == [
        f"Your order {NUMBER} is on the road since 10:00 with route R1, driver 郝师傅: stop 1 of 1.", TOMORROW,
    ]  # fmt: skip
    language.use("zh_CN")
    assert len(where_is(desk, NUMBER)) == 2


def test_goods_that_were_all_refused_were_not_delivered(desk: Desk) -> None:
    partly_refused(driver(desk), on_the_road(desk, ("A4-80", 2)), {1: 2}, "wrong")
    assert where_is(desk, NUMBER)[0] == f"Your order {NUMBER} could not be handed over: wrong goods."


def test_what_waits_for_goods_and_what_is_late_is_said(desk: Desk) -> None:
    lines = (DraftLine(item="A4-80", quantity=1200, shortage="partial"),)  # pyright: ignore[reportArgumentType]
    number = an_order(desk, lines=lines)
    allocated(desk, number)
    assert where_is(desk, number) == [
        f"A part of your order {NUMBER} (1000 pieces) is set aside for the 13:00 wave, tomorrow.",
        "200 包 of 复印纸 A4-80 are not here yet.",
        TOMORROW,
    ]
    assert [(one.number, one.quantity, one.promised_on) for one in owed_to(desk, "C100001")] == [
        (NUMBER, 1200, date(2026, 11, 24))
    ]
    desk.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    assert where_is(desk, number)[-2:] == [
        "We are sorry: it was promised for yesterday.", "It is expected today instead.",
    ]  # fmt: skip


def test_what_was_handed_over_says_when_and_to_whom(desk: Desk) -> None:
    delivered(dispatcher(desk), on_the_road(desk), Handed(signed_by="李明"))
    assert where_is(desk, NUMBER) == [f"Your order {NUMBER} was delivered: 10:00, signed by 李明."]
    assert owed_to(desk, "C100001") == []


def test_what_failed_says_why_and_when_it_comes_again(desk: Desk) -> None:
    failed(dispatcher(desk), on_the_road(desk), why="nobody", again_on=date(2026, 11, 25))
    told = where_is(desk, NUMBER)
    assert told[0] == f"Your order {NUMBER} could not be handed over: nobody there. It comes again Wednesday, 25 Nov."
    assert told[1:] == ["10 pieces are kept for it.", "It is promised for Wednesday, 25 Nov."]


def test_trouble_is_on_the_way_only_while_the_goods_are(desk: Desk) -> None:
    slip = on_the_road(desk)
    note_trouble(dispatcher(desk), slip, kind="late", cause="snow")
    assert "There is trouble on the way: late, snow." in where_is(desk, NUMBER)
    delivered(dispatcher(desk), slip)
    assert "There was trouble: late, snow." in where_is(desk, NUMBER)


def test_what_was_damaged_was_trouble_and_what_is_kept_for_it_is_not_more_of_anything(desk: Desk) -> None:
    partly_refused(dispatcher(desk), on_the_road(desk), {1: 10}, "damaged")
    told = where_is(desk, NUMBER)
    assert told[1] == "There was trouble: damaged, Refused at the door: A4-80 × 10."
    assert told[2] == "10 pieces are kept for it."


def test_a_slip_that_missed_its_wave_goes_with_the_next_and_says_the_new_day(desk: Desk) -> None:
    a_slip(desk, state="printed")
    at(desk, "2026-11-25T09:00")
    assert where_is(desk, NUMBER) == [
        f"Your order {NUMBER} is being picked for the 12:00 wave, today.",
        "We are sorry: it was promised for yesterday.",
        "It is expected today instead.",
    ]


def late_goods(desk: Desk, due: date | None) -> list[str]:
    """A purchase that is not here on the day it was promised for, with or without a day its supplier gave."""
    a_customer(desk, grade="A")
    an_item(desk, stock=2)
    line = a_draft(("A4-80", 10)).lines[0].model_copy(update={"shortage": "purchase"})
    agreed(desk, a_draft(lines=(line,)))
    at(desk, "2026-12-02T09:00")
    if due:
        desk.database.write(lambda session: set_coming(session, {(1, 1): Coming(8, due)}))
    return where_is(desk, NUMBER)[-2:]


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (None, "A new day is not known yet: we find out and call you back."),
        (date(2026, 12, 1), "A new day is not known yet: we find out and call you back."),
        (date(2026, 12, 3), "It is expected Friday, 4 Dec instead."),
    ],
)
def test_goods_that_are_late_name_the_new_day_or_say_that_none_is_known(
    desk: Desk, due: date | None, says: str
) -> None:
    assert late_goods(desk, due) == ["We are sorry: it was promised for yesterday.", says]


def test_an_order_for_a_later_day_says_from_when_its_goods_are_set_aside(desk: Desk) -> None:
    number = an_order(desk, deliver_on=date(2026, 12, 10))
    assert where_is(desk, number) == [
        f"Your order {number} is for a later day; its goods are set aside from Tuesday, 1 Dec on.",
        "It is promised for Thursday, 10 Dec.",
    ]  # fmt: skip
    assert allocated(desk, number).left[0].why == "Its goods are set aside from 2026-12-01 on."


OWED = [
    Owed("SO1", "A4", "复印纸", "80g", "包", 1200, date(2026, 11, 24)),
    Owed("SO2", "PEN", "签字笔", "", "支", 5, None),
    Owed("SO2", "HB", "铅笔", "", "支", 7, date(2026, 11, 24)),
    Owed("SO3", "HB", "铅笔", "", "支", 1, date(2026, 11, 26)),
]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "Still to come: tomorrow: 1200 包 of 复印纸 80g, 7 支 of 铅笔; Thursday, 26 Nov: 1 支 of 铅笔;"
               " on a day we still find out: 5 支 of 签字笔."),
        ("zh_CN", "还没给您送到的有：明天：复印纸 80g 1200 包、铅笔 7 支；11月26号星期四：铅笔 1 支；"
                  "日期还在落实：签字笔 5 支。"),
    ],
)  # fmt: skip
def test_what_is_still_to_come_is_said_by_day(code: str, told: str) -> None:
    language.use(code)
    assert still_to_come(OWED, date(2026, 11, 23)) == told


def test_who_had_everything_hears_so() -> None:
    assert still_to_come([], TODAY) == "You have had everything from us."


def test_where_is_it_is_said_in_chinese_as_on_the_phone(desk: Desk) -> None:
    a_slip(desk, state="printed")
    language.use("zh_CN")
    assert where_is(desk, NUMBER) == [f"您的订单 {NUMBER} 正在配货，明天 13:00 班发车。", "跟您约定的是明天送到。"]
