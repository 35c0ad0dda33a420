"""The power-cut pack: everything to sell and deliver without a screen, whole or not at all (JOY-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import util
from pathlib import Path

import pytest
from sqlalchemy import select, update

from ordersdesk.catalogue.tables import ItemUnit, Promotion, QuantityBreak
from ordersdesk.delivery.outage.pack import Pack, Wish, make_pack
from ordersdesk.delivery.outage.queries import price_list
from ordersdesk.delivery.pads.check_queries import pads_check
from ordersdesk.delivery.pads.queries import SLIP, pads
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people.actions import add_user
from tests.builders import an_item, as_role, on_shelf
from tests.delivery.papers import a_slip, an_order, entered, finance

WISH = Wish(slips=3, form="text")


@pytest.fixture
def mei(desk: Desk) -> Desk:
    """Somebody of the order group, with a colleague."""
    for login, role in (("mei", "order_group"), ("zhao", "agent")):
        add_user(desk.signed_in(SYSTEM), login=login, name=login.title(), roles=(role,), password="paper-clip")
    return as_role(desk, "order_group", login="mei")


def read(pack: Pack, name: str) -> str:
    return (Path(pack.folder) / name).read_text(encoding="utf-8")


def test_a_pack_has_prices_orders_and_blank_slips(mei: Desk, tmp_path: Path) -> None:
    order = an_order(as_role(mei, "agent"))
    pack = make_pack(mei, tmp_path / "pack", WISH)
    assert (pack.files, pack.numbers) == (("orders.txt", "plan.txt", "prices.txt", "slips.txt"), "H0000001–H0000003")
    assert (pack.items, pack.orders, pack.slips_out, pack.warnings) == (1, 1, 0, ())
    for words in (order, "明远办公", "王芳 13800138000", "张江路88号", "A4-80 × 5 包", "125.00"):
        assert words in read(pack, "orders.txt")
    assert all(words in read(pack, "plan.txt") for words in ("12:00", "15:30", "Mei", "H0000001–H0000003"))
    assert "H0000003" in read(pack, "slips.txt")
    assert [(row.first, row.last, row.login, row.source) for row in pads(mei)] == [
        ("H0000001", "H0000003", "mei", "outage")
    ]


def test_slips_on_the_road_tell_what_is_to_be_collected(mei: Desk, tmp_path: Path) -> None:
    slip = a_slip(mei, an_order(as_role(mei, "agent")), state="loaded")
    gone = update(SLIP).where(SLIP.c.id == slip).values(left_at=mei.now())
    mei.database.write(lambda session: session.connection().execute(gone) and None)
    road = read(make_pack(mei, tmp_path / "pack", WISH), "road.txt")
    assert all(words in road for words in ("SL20261123-0001", "明远办公", "125.00"))


def test_the_price_list_has_packs_and_todays_other_prices(mei: Desk, tmp_path: Path) -> None:
    pen = an_item(mei, "PEN-1", price="2.50", department="equipment")
    an_item(mei, "OLD-1", discontinued=True)
    on_shelf(mei, pen, 40)
    rows = (
        ItemUnit(item_id=pen, name="盒", factor=12),
        QuantityBreak(item_id=pen, from_quantity=100, price=Decimal("2.10")),
        Promotion(item_id=pen, price=Decimal("2.00"), starts=mei.today(), ends=mei.today(), classes=["key"], cap=9),
        Promotion(item_id=pen, price=Decimal("1.00"), starts=mei.today() + timedelta(1), ends=date.max),
    )  # fmt: skip
    mei.database.write(lambda session: session.add_all(rows))
    an_item(mei, "A4-80", listing="special")
    listed = read(make_pack(mei, tmp_path / "pack", WISH), "prices.txt").split("\n")
    texts = " ".join(" ".join(listed).split())
    assert texts.index("Price list: stationery") < texts.index("A4-80") < texts.index("Price list: equipment")
    assert "OLD-1" not in texts
    with mei.reading() as session:
        found = {item.code: item for item in price_list(mei, session)}["PEN-1"]
    assert (found.packs, found.breaks[0].price, found.promotions[0].price, len(found.promotions), found.free) == (
        (("盒", 12),), Decimal("2.10"), Decimal("2.00"), 1, 40,
    )  # fmt: skip


def test_running_again_uses_the_same_numbers_until_they_are_used(mei: Desk, tmp_path: Path, clock: FixedClock) -> None:
    pack = tmp_path / "pack"
    make_pack(mei, pack, WISH)
    with pytest.raises(Refused) as no:
        make_pack(mei, pack, WISH)
    assert (no.value.rule, no.value.field, len(pads(mei))) == ("JOY-9", "folder", 1)
    again = replace(WISH, replace=True)
    entered(mei, "2")
    assert make_pack(mei, pack, again).numbers == "H0000001, H0000003–H0000004"
    assert make_pack(mei, pack, replace(again, slips=1)).numbers == "H0000001"
    assert make_pack(mei, pack, replace(again, more=True)).numbers == "H0000005–H0000007"
    clock.advance(timedelta(days=1))
    assert make_pack(mei, pack, again).numbers == "H0000008–H0000010"
    assert pads_check(finance(mei)).missing == ()
    assert not list(pack.glob(".pack-*"))


def test_who_may_make_a_pack_and_it_is_noted(mei: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        make_pack(as_role(mei, "warehouse"), tmp_path / "pack", WISH)
    agent = as_role(mei, "agent", login="zhao")
    with pytest.raises(Refused) as other:
        make_pack(agent, tmp_path / "pack", replace(WISH, login="mei"))
    assert (no.value.rule, other.value.rule, (tmp_path / "pack").exists()) == ("USR-2", "USR-2", False)
    make_pack(agent, tmp_path / "pack", WISH)
    story = table_of(Timeline)
    with mei.reading() as session:
        rows = session.connection().execute(select(story.c.by, story.c.rule).where(story.c.kind == "outage pack")).all()
    assert [tuple(row) for row in rows] == [("zhao", "JOY-9")]


def test_without_the_typesetter_the_texts_are_there(mei: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda _name: None)
    pack = make_pack(mei, tmp_path / "pack", Wish(slips=1, form="a4"))
    assert (pack.files, pack.warnings) == (
        ("plan.txt", "slips.txt"),
        ("Only plain text was made: PDF papers need the package typst, which is not installed.",),
    )


def test_a_folder_that_cannot_be_keeps_the_numbers_free(mei: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "nowhere" / "pack"):
        with pytest.raises(Refused) as no:
            make_pack(mei, folder, WISH)
        assert (no.value.rule, no.value.field, bool(no.value.mend)) == ("JOY-9", "folder", True)
    assert pads(mei) == []
