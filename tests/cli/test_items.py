"""Planning goods and prices from the command line (CAT-6)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Command


def test_an_item_is_added_edited_priced_and_discontinued(command: Command) -> None:
    added = command("items", "add", "INK-1", "name=墨盒", "unit=只", "list_price=80.00", "packs=箱=20")
    assert (added.code, "墨盒" in added.out, "箱 = 20" in added.out) == (0, True, True)
    assert command("items", "edit", "INK-1", "list_price=75", "purchase_limit=5").code == 0
    assert command("items", "price", "INK-1", "70", "--customer", "C000001").code == 0
    assert command("items", "price", "INK-1", "60", "--start", "2026-12-01", "--end", "2999-12-31").code == 0
    assert command("items", "discontinue", "INK-1", "--replacement", "PEN-1").code == 0
    shown = command("--json", "items", "show", "INK-1").json()
    assert (shown["list_price"], shown["purchase_limit"], shown["replacement"]) == ("75.00", 5, "PEN-1")
    assert [(line["sort"], line["price"], line["customer"]) for line in shown["prices"]] == [
        ("agreed", "70.00", "C000001"),
        ("promotion", "60.00", ""),
    ]
    assert [(row["verb"], row["by"]) for row in shown["story"]] == [
        (verb, "admin") for verb in ("added", "changed", "price set", "price set", "changed")
    ]


@pytest.mark.parametrize(
    ("language", "named"),
    [("en", ["OA consumable", "special goods"]), ("zh_CN", ["OA耗材", "特殊商品"])],
)
def test_an_item_shows_its_category_and_listing_in_words(command: Command, language: str, named: list[str]) -> None:
    command("items", "add", "INK-1", "name=墨盒", "unit=只", "category=oa_consumable", "listing=special")
    shown = command(f"--lang={language}", "items", "show", "INK-1").out
    assert [word for word in named if word in shown] == named


@pytest.mark.parametrize(("language", "whom"), [("en", "key customer"), ("zh_CN", "大客户")])
def test_a_promotion_names_whom_it_is_for_in_words(command: Command, language: str, whom: str) -> None:
    command("items", "price", "A4-80", "18", "--start", "2026-01-01", "--end", "2999-12-31", "--for", "key")
    assert whom in command(f"--lang={language}", "items", "show", "A4-80").out


def test_a_promotion_is_ended(command: Command) -> None:
    command("items", "price", "A4-80", "18", "--start", "2026-01-01", "--end", "2999-12-31")
    ended = command("items", "end-price", "A4-80", "--start", "2026-01-01")
    assert (ended.code, "over" in ended.out, "Price ended" in ended.out) == (0, True, True)
    again = command("items", "end-price", "A4-80", "--start", "2026-01-01")
    assert (again.code, "CAT-3" in again.err) == (1, True)


def test_a_price_of_nought_is_refused(command: Command) -> None:
    done = command("items", "price", "A4-80", "0", "--customer", "C000001")
    assert (done.code, "A price of nought is none" in done.err) == (1, True)


def test_an_agent_plans_nothing(command: Command) -> None:
    for args in (
        ("edit", "A4-80", "cost=1"),
        ("discontinue", "A4-80"),
        ("price", "A4-80", "1"),
        ("add", "X", "name=x"),
    ):
        refused = command("--user", "lin", "items", *args)
        assert (refused.code, "USR-2" in refused.err) == (1, True)


def test_what_is_no_field_and_value_is_wrongly_called(command: Command) -> None:
    assert command("items", "edit", "A4-80", "cheaper").code == 2
    refused = command("items", "edit", "A4-80", "prise=3")
    assert (refused.code, "no field" in refused.err) == (1, True)
