"""The caller is found by whatever is said first (CUS-2, CUS-3), and lists show no whole number (USR-5)."""

from __future__ import annotations

import pytest

from ordersdesk.customers.finding.find_queries import find, holders
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.customers.records.contact_actions import add_address, add_contact
from ordersdesk.foundation.desk import Desk
from tests.customers.making import numbers, saved, serving

OFFICE = {
    "name": "上海大华文具有限公司",
    "kind": "company",
    "phone": "021-62345678转801",
    "contact": "单雄",
    "address": "上海市南京西路1号",
}
KEYS = [
    "张三",
    "张",
    "三",
    "zs",
    "ZHANGSAN",
    "san",
    "C000001",
    "c000001",
    "138",
    "8000",
    "0013",
    "张江路123",
    "浦东新区",
]
SPELLINGS = [
    "13800138000",
    "138 0013 8000",
    "１３８００１３８０００",
    "+86 138-0013-8000",
    "0086 13800138000",
    "0138 0013 8000",
]


@pytest.fixture
def zhang(desk: Desk) -> Desk:
    saved(desk)
    saved(desk, **OFFICE)
    return desk


def test_a_person_is_found_by_every_key_of_the_handbook(zhang: Desk) -> None:
    assert {key: numbers(zhang, key)[:1] for key in KEYS} == {key: ["C000001"] for key in KEYS}


def test_every_spelling_of_the_phone_finds_its_customer(zhang: Desk) -> None:
    assert {text: numbers(zhang, text) for text in SPELLINGS} == {key: ["C000001"] for key in SPELLINGS}


@pytest.mark.parametrize(
    "text",
    [
        *["62345678", "021-62345678", "(021)62345678-801", "62345678转9", "+862162345678", "021623", "5678", "6234"],
        *["dahua", "大华文具", "dhwj", "shanxiong", "sx", "单雄", "南京西路", "大华 5678", "shanxiong 南京"],
    ],
)
def test_a_company_is_found_by_switchboard_contact_and_address(zhang: Desk, text: str) -> None:
    assert numbers(zhang, text) == ["C000002"]


def test_nothing_is_found_by_nothing(zhang: Desk) -> None:
    assert [numbers(zhang, text) for text in ("", "  ", "%", "王五", "19", "13800138001", "C000009", "张三 王五")] == [
        []
    ] * 8


def test_a_found_customer_says_why_and_shows_no_whole_number(zhang: Desk) -> None:
    (phone,), (place,), (contact,) = find(zhang, "8000"), find(zhang, "张江"), find(zhang, "shanx")
    assert (phone.why, phone.matched, phone.is_exact) == ("p", "138****8000", False)
    assert (place.why, place.matched, place.phone) == ("a", "上海市浦东新****", "138****8000")
    assert (contact.why, contact.matched, contact.address) == ("c", "单雄", "上海市南****")


def test_the_screen_of_a_call_shows_everything(zhang: Desk) -> None:
    (found,) = find(zhang, "zhangsan", masked=False)
    assert (found.phone, found.address) == ("+8613800138000", "上海市浦东新区张江路123号")


def test_a_whole_number_hides_what_only_contains_it(desk: Desk) -> None:
    saved(desk, phone="95588")
    saved(desk, name="李四", phone="13895588000", address="上海市95588号")
    assert numbers(desk, "95588") == ["C000001"]
    assert numbers(desk, "9558") == ["C000001", "C000002"]


def test_every_holder_of_a_shared_number_is_shown(zhang: Desk) -> None:
    saved(zhang, name="Mills", phone="010-65521234")
    add_contact(zhang, 3, NewContact(contact="Ann", phone="62345678-802"))
    ringing = [holders(zhang, text) for text in ("02162345678", "+862162345678", "62345678-802")]
    assert [[found.number for found in each] for each in ringing] == [["C000002", "C000003"]] * 2 + [
        ["C000003", "C000002"]
    ]
    assert ringing[0][1].contact == "Ann"
    assert ringing[0][1].phone == "+862162345678"


@pytest.mark.parametrize("nobody", ["", "anonymous", "未知", "sip:anonymous@anonymous.invalid", "8001", "13900139000"])
def test_an_unknown_or_withheld_caller_is_nobody(zhang: Desk, nobody: str) -> None:
    saved(zhang, name="No phone yet", phone="no number", phone_as_note=True)
    assert holders(zhang, nobody) == []


def test_what_is_added_later_finds_too(zhang: Desk) -> None:
    add_contact(zhang, 1, NewContact(contact="李四", phone="13911112222"))
    add_address(zhang, 1, NewAddress(address="上海市北京路9号"))
    assert [numbers(zhang, text) for text in ("lisi", "2222", "北京路")] == [["C000001"]] * 3


def test_what_is_meant_stands_first(desk: Desk) -> None:
    desk = serving(desk, "浦东", "徐汇", "静安")
    saved(desk, name="张三丰", phone="13800138001", territory="徐汇")
    saved(desk, name="王小二", phone="13800138002", contact="张三", territory="静安")
    saved(desk, name="张三", phone="13800138003")
    assert numbers(desk, "张三") == ["C000003", "C000002", "C000001"]
