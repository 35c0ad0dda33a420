"""Finding items by anything an agent hears (CAT-2), on both databases."""

import pytest

from ordersdesk.catalogue.actions import add_many, edit_item
from ordersdesk.catalogue.queries import equivalents, find, item, meant, wares
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import as_role

PAPER = {"name": "得力复印纸", "name_en": "Copy paper", "brand": "得力"}
ITEMS = (
    {"code": "A4-80", "spec": "A4 80g", "barcode": "6901234567892", **PAPER},
    {"code": "A4-70", "spec": "A4 70g", "discontinued": True, "replacement": "A4-80", **PAPER},
    {"code": "PEN-05", "name": "晨光中性笔", "brand": "晨光", "spec": "0.5mm", "colour": "黑色", "equivalents": "PEN"},
    {"code": "PEN-07", "name": "真彩中性笔", "brand": "真彩", "spec": "0.7mm", "equivalents": "PEN"},
    {"code": "6901234567892X", "name": "Paper clip", "mnemonic": "HXZ"},
    {"code": "FUR-BO-10001798", "name": "Bush Somerset Collection Bookcase", "model": "SC-220"},
)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    planner = as_role(desk, "planning")
    planner.database.write(lambda session: add_many(planner, session, ITEMS))
    return planner


def codes(desk: Desk, text: str, **more: int) -> list[str]:
    return [found.code for found in find(desk, text, **more)]


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("a4-80", ["A4-80"]),
        ("a480", ["A4-80"]),
        ("6901234567892", ["A4-80", "6901234567892X"]),
        ("69012", ["6901234567892X", "A4-80"]),
        ("复印", ["A4-80", "A4-70"]),
        ("印纸", ["A4-80", "A4-70"]),
        ("dlfyz", ["A4-80", "A4-70"]),
        ("fuyin", ["A4-80", "A4-70"]),
        ("copy", ["A4-80", "A4-70"]),
        ("COPY PAPER", ["A4-80", "A4-70"]),
        ("得力 80g", ["A4-80"]),
        ("80g 得力", ["A4-80"]),
        ("晨光 0.5", ["PEN-05"]),
        ("黑色", ["PEN-05"]),
        ("hxz", ["6901234567892X"]),
        ("bookcase", ["FUR-BO-10001798"]),
        ("bookcase bush", ["FUR-BO-10001798"]),
        ("fur-bo-1000", ["FUR-BO-10001798"]),
        ("FUR-BO-10001798", ["FUR-BO-10001798"]),
        ("10001798", ["FUR-BO-10001798"]),
        ("sc-220", ["FUR-BO-10001798"]),
        ("中性笔 真彩", ["PEN-07"]),
        ("订书机", []),
        ("", []),
        ("   ", []),
        ("%", []),
        ("\x00", []),
        ("\ud800", []),
        ("'; DROP TABLE item; --", []),
    ],
)
def test_an_item_is_found_by_what_is_heard(shop, heard, found):
    assert codes(shop, heard) == found


def test_what_is_exact_comes_first_even_when_it_is_discontinued(shop):
    first = find(shop, "A4-70")[0]
    assert (first.code, first.why, first.discontinued, first.replacement) == ("A4-70", "code", True, "A4-80")


def test_a_mnemonic_finds_every_item_that_has_it(shop):
    assert {found.why for found in find(shop, "dlfyz")} == {"mnemonic"}
    assert codes(shop, "dlfyz", limit=1) == ["A4-80"]


def test_a_changed_item_is_found_by_what_it_is_now(shop):
    edit_item(shop, "PEN-07", {"name": "真彩圆珠笔", "barcode": "999"})
    assert (codes(shop, "圆珠"), codes(shop, "中性笔"), codes(shop, "999")) == (["PEN-07"], ["PEN-05"], ["PEN-07"])
    assert codes(shop, "真彩 圆珠") == ["PEN-07"]


def test_lines_take_an_item_by_code_bar_code_or_a_mnemonic_of_its_own(shop):
    with shop.reading() as session:
        found = wares(session, ["a4-80", "6901234567892", "hxz", "dlfyz", "nothing", " "])
    named = {typed: ware.code for typed, ware in found.items()}
    assert named == {"a4-80": "A4-80", "6901234567892": "A4-80", "hxz": "6901234567892X"}


@pytest.mark.parametrize("scanned", ["725272730706", "0725272730706", "]E00725272730706", "７２５２７２７３０７０６"])
def test_an_articles_number_is_found_with_twelve_digits_or_thirteen(shop, scanned):
    edit_item(shop, "PEN-07", {"barcode": "725272730706"})
    with shop.reading() as session:
        assert codes(shop, scanned) == ["PEN-07"] == [ware.code for ware in wares(session, [scanned]).values()]


def test_a_bar_code_of_two_items_offers_both(shop):
    for code in ("PEN-05", "PEN-07"):
        edit_item(shop, code, {"barcode": "725272730706"})
    with shop.reading() as session:
        both = [ware.code for ware in meant(session, ["725272730706"])["725272730706"]]
        assert (both, wares(session, ["725272730706"])) == (["PEN-05", "PEN-07"], {})
    assert codes(shop, "725272730706") == ["PEN-05", "PEN-07"]


def test_equivalents_are_the_group_and_the_replacement(shop):
    with shop.reading() as session:
        found = {
            code: [other.code for other in equivalents(session, item(shop, code)["id"])]
            for code in ("PEN-05", "A4-70", "A4-80")
        }
    assert found == {"PEN-05": ["PEN-07"], "A4-70": ["A4-80"], "A4-80": []}


def test_one_item_is_read_whole_or_refused(shop):
    edit_item(shop, "a4-80", {"packs": "箱=5"})
    whole = item(shop, " a4-80 ")
    assert (whole["brand"], whole["packs"], whole["version"]) == ("得力", {"箱": 5}, 2)
    with pytest.raises(Refused) as refused:
        item(shop, "NONE")
    assert (refused.value.rule, refused.value.field) == ("CAT-2", "code")
