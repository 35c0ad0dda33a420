"""What a file says otherwise of a known customer's contact, phones and address: pure (FIL-1, CUS-3)."""

from __future__ import annotations

from typing import Any

import pytest

from ordersdesk.customers.exchange.part_rules import Held, HeldAddress, HeldContact, Said, differences
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.foundation.phones.phones import Phone

WANG = HeldContact(1, "王芳", "采购部", "wang@desk.invalid", "")
LI = HeldContact(2, "李明", "", "", "")
OFFICE = HeldAddress(1, "张江路88号", "浦东", 8, "上海", "上海市", "09:00-12:00")
STORE = HeldAddress(2, "狮山路1号", "", None, "", "", "")
CARD = Held((WANG, LI), ("+8613800138000", "+862162345678"), (OFFICE, STORE))
CONTACT, ADDRESS = ("contact", "department", "email", "fax"), ("address", "district", "region", "city", "distance_km")


def told(*values: dict[str, Any], e164s: tuple[str, ...] = (), said: tuple[str, ...] = (*CONTACT, *ADDRESS)) -> Said:
    """What a file says: first of the contact, then of the address."""
    contact, address = (*values, {}, {})[:2]
    return Said(NewContact(**contact), NewAddress(**address), tuple(Phone(each, "", each) for each in e164s), said)


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        (told(), {}),
        (told({"contact": "李明"}, {"address": "狮山路1号"}, e164s=CARD.e164s[:1]), {}),
        (told({"contact": "赵六"}), {"contact": ("王芳, 李明", "赵六")}),
        # Who is not named is the first; what the file leaves empty stays.
        (told({"department": "行政部", "fax": "62345679", "email": ""}),
         {"department": ("采购部", "行政部"), "fax": ("", "62345679")}),
        (told({"contact": "李明", "department": "行政部"}), {"department": ("", "行政部")}),
        (told({"department": "行政部"}, said=("contact",)), {}),
        (told(e164s=("+862162345679", "+8613800138000", "+8613900139000")),
         {"phone": ("+8613800138000, +862162345678", "+862162345679, +8613900139000")}),
        (told({}, {"address": "观前街1号"}), {"address": ("张江路88号 / 狮山路1号", "观前街1号")}),
        (told({}, {"address": "张江路88号", "district": "黄浦", "distance_km": 9}),
         {"district": ("浦东", "黄浦"), "distance_km": ("8", "9")}),
        (told({}, {"address": "狮山路1号", "distance_km": 9}), {"distance_km": ("", "9")}),
        # A region nobody knew is learnt though no column says it; a known one is compared only when one does.
        (told({}, {"address": "狮山路1号", "region": "江苏", "city": "苏州市"}, said=("address",)),
         {"region": ("", "江苏"), "city": ("", "苏州市")}),
        (told({}, {"address": "张江路88号", "region": "江苏"}, said=("address",)), {}),
        (told({}, {"address": "张江路88号", "region": "江苏"}), {"region": ("上海", "江苏")}),
        (told({}, {"address": "张江路 ８８号", "region": "上海"}), {}),
    ],
)  # fmt: skip
def test_what_a_file_says_otherwise_is_said_field_by_field(said: Said, pairs: dict[str, tuple[str, str]]) -> None:
    assert differences(CARD, said) == pairs


def test_of_a_card_that_holds_nothing_everything_is_new() -> None:
    contact, address = {"contact": "赵六", "department": "行政部"}, {"address": "观前街1号", "district": "姑苏"}
    assert differences(Held(), told(contact, address, e164s=("+8613800138000",))) == {
        "contact": ("", "赵六"), "department": ("", "行政部"), "phone": ("", "+8613800138000"),
        "address": ("", "观前街1号"),
    }  # fmt: skip
