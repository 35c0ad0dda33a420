"""One range scan per key, the same on both databases (CUS-2, CAT-2)."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from random import Random

import pytest
from sqlmodel import Session

from ordersdesk.customers.model.indexing import SEARCHED, TERM
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.searching import lookup
from ordersdesk.foundation.searching import terms as search
from tests.builders import a_customer
from tests.datasets import dataset


def a_thing(desk: Desk, number: str, name: str, address: str = "") -> int:
    """Something found by a name and an address."""
    text = search.search_text([(name, None)], texts=[address])
    thing = a_customer(desk, number, search_text=text)
    named = [("n", term) for term in search.name_terms(name)]
    placed = [("a", term) for term in search.address_terms(address)]
    desk.database.write(lambda session: lookup.replace_terms(session, TERM, thing, old=(), new=[*named, *placed]))
    return thing


def found(desk: Desk, query: str) -> list[int]:
    with desk.reading() as session:
        return [hit.owner_id for hit in lookup.finding(session, SEARCHED, query)]


def test_any_beginning_of_a_term_finds_its_owner_once(desk: Desk) -> None:
    thing = a_thing(desk, "C1", "张三三")
    assert [found(desk, query) for query in ("三", "张三", "z", "zhang", "sansan", "李")] == [[thing]] * 5 + [[]]


def test_shorter_terms_come_first(desk: Desk) -> None:
    longer, exact = a_thing(desk, "C1", "张三丰"), a_thing(desk, "C2", "张三")
    assert found(desk, "张三") == [exact, longer]


def test_things_found_by_the_same_term_come_in_the_order_they_were_made(desk: Desk) -> None:
    things = [a_thing(desk, f"C{place}", "张三") for place in range(5)]
    # Written last, found first: PostgreSQL would give it behind the others.
    again = [("n", term) for term in search.name_terms("张三")]
    desk.database.write(lambda session: lookup.replace_terms(session, TERM, things[0], old=again, new=()))
    desk.database.write(lambda session: lookup.replace_terms(session, TERM, things[0], old=(), new=again))
    assert found(desk, "张三") == things


@pytest.mark.parametrize(
    ("name", "query"),
    [("陈晨", "chen chen"), ("李丽莉", "li li li"), ("李丽莉", "li lili"), ("刘思瑶", "liu sy"), ("刘思瑶", "liusy")],
)
def test_syllables_may_be_typed_apart_also_alike_ones(desk: Desk, name: str, query: str) -> None:
    thing = a_thing(desk, "C1", name)
    a_thing(desk, "C2", "王晨")
    assert found(desk, query) == [thing]


PASTED = (
    "农夫山泉 330毫升*6*4", "Tel. 55-1183-1339", "天河区龙怡路117号2701、2703、2704", "2026/05/19 19:58:37",
    "金鹏21号楼。（东门对面）102-402", "C/O 北京市（总部）A座905/海淀区5楼", "6-6-2865300油卡",
)  # fmt: skip


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted_as_it_is_stored_is_found(desk: Desk, text: str) -> None:
    named = a_thing(desk, "C1", text)
    assert (found(desk, text), found(desk, f"查无 {text}")) == ([named], [])


@pytest.mark.parametrize("text", PASTED)
def test_an_address_that_is_pasted_is_found_as_a_name_is(desk: Desk, text: str) -> None:
    placed = a_thing(desk, "C1", "王五", text)
    assert (found(desk, text), found(desk, f"查无 {text}")) == ([placed], [])


def test_a_word_from_the_middle_counts_beside_one_that_begins(desk: Desk) -> None:
    thing = a_thing(desk, "C1", "农夫山泉 330毫升*6*4")
    a_thing(desk, "C2", "农夫山泉 330毫升*6*5")
    assert found(desk, "农夫 6*4") == [thing]


def test_every_stored_text_finds_its_own_row(desk: Desk) -> None:
    """Names, addresses and goods of real files, pasted as they stand there."""
    texts = sorted({text for text in real_texts() if len(text) > 3})
    texts = Random(7).sample(texts, 150)
    things = [(a_thing(desk, f"C{n}", text), text) for n, text in enumerate(texts)]
    assert [text for thing, text in things if thing not in found(desk, text)] == []


def real_texts() -> Iterator[str]:
    """Companies with their addresses, and goods, from the files beside the checkout."""
    for name in ("cn-companies/szse_a_share_list_2025.csv.xz", "cn-products/industrial_erp_export_5646.csv.xz"):
        with lzma.open(dataset(name), "rt", encoding="utf-8") as file:
            yield from (value.strip() for row in csv.reader(file) for value in row if not value.strip().isdecimal())


def test_two_words_must_both_stand(desk: Desk) -> None:
    here = a_thing(desk, "C1", "张三", "上海市浦东新区张江路123号")
    a_thing(desk, "C2", "张三", "上海市徐汇区漕溪北路1号")
    a_thing(desk, "C3", "李四", "上海市浦东新区张江路123号")
    assert found(desk, "张三 张江") == found(desk, "zhangsan 浦东") == found(desk, "zs 123号") == [here]
    assert found(desk, "张三 南京") == []


def test_words_in_a_row_stand_before_words_apart(desk: Desk) -> None:
    apart = a_thing(desk, "C1", "Bergman Aaron")
    row = a_thing(desk, "C2", "Aaron Bergman")
    assert found(desk, "aaron berg") == [row, apart]


def test_a_long_query_is_compared_to_its_end(desk: Desk) -> None:
    there = a_thing(desk, "C1", "Anderson International Trading", "上海市浦东新区张江路123号")
    a_thing(desk, "C2", "Anderson International Supplies", "上海市浦东新区张江路125号")
    for query in ("anderson international tr", "上海市浦东新区张江路123号", "浦东新区张江路123"):
        assert found(desk, query) == [there]


def test_wild_cards_are_only_characters(desk: Desk) -> None:
    a_thing(desk, "C1", "张三", "上海路1号")
    assert [found(desk, query) for query in ("%", "_", "张三 %南", "\\", "'", "''; drop table customer")] == [[]] * 6


def test_terms_that_are_gone_find_nothing(desk: Desk) -> None:
    thing = a_thing(desk, "C1", "张三")
    old = [("n", term) for term in search.name_terms("张三")]
    new = [("n", term) for term in search.name_terms("李三")]
    desk.database.write(lambda session: lookup.replace_terms(session, TERM, thing, old=old, new=new))
    assert [found(desk, query) for query in ("张", "李", "三")] == [[], [thing], [thing]]


def test_many_terms_are_added_at_once(desk: Desk) -> None:
    names = {a_customer(desk, f"C{place}"): name for place, name in enumerate(("张三\t\\N", "\"\\'", "李四", ""))}

    def work(session: Session) -> None:
        new = lookup.NewTerms(session, TERM)
        for thing, name in names.items():
            new.gather(thing, {"n": search.name_terms(name)})
        new.write()

    desk.database.write(work)
    assert [found(desk, query) for query in ("zs", "\"\\'", "sì", "si")] == [[1], [2], [3], [3]]


def test_terms_that_do_not_fit_in_memory_are_written_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "GATHERED", 1)
    things = [a_customer(desk, f"C{place}") for place in range(25)]

    def work(session: Session) -> None:
        new = lookup.NewTerms(session, TERM)
        for thing in reversed(things):
            new.gather(thing, {"n": {"zs", "zhangsan"}, "a": {"上海"}, "p": set()})
        new.write()

    desk.database.write(work)
    assert [found(desk, query) for query in ("zs", "zhangs", "上", "san")] == [things, things, things, []]


def test_terms_that_come_in_one_transaction_after_another_are_all_there(desk: Desk) -> None:
    one, other = a_customer(desk, "C1"), a_customer(desk, "C2")

    def work(session: Session) -> None:
        for thing in (other, one):
            new = lookup.NewTerms(session, TERM)
            new.gather(thing, {"n": search.name_terms("张三")})
            new.write()

    desk.database.write(work)
    assert found(desk, "zs") == [one, other]
