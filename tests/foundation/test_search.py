"""What something is found by, and how a query is read (CUS-2, CAT-2)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.foundation.searching import terms as search
from tests.datasets import dataset
from tests.foundation.test_phones import SHANGHAI, Plan


def found_by(terms: set[str], query: str) -> bool:
    return any(term.startswith(search.key(search.phrase(query))) for term in terms)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        *[
            ("ＡＢＣ　公司", "abc 公司"),
            ("Café  MÜLLER", "cafe muller"),
            ("Straße", "strasse"),
            ("a\u200bb\u202ec", "abc"),
        ],
        *[("\x00\x1b[31m", "[31m"), ("\ud800x", "x"), ("", ""), ("  ", "")],
    ],
)
def test_comparing_forgets_case_width_accents_and_what_nobody_sees(typed: str, plain: str) -> None:
    assert search.folded(typed) == plain


@pytest.mark.parametrize(
    ("query", "split"),
    [
        *[
            ("张三 138", ["张三", "138"]),
            ("张三138", ["张三", "138"]),
            ("a4复印纸", ["a4", "复印纸"]),
            ("O'Brien", ["o brien"]),
        ],
        *[("上海(浦东)", ["上海浦东"]), ("138-0013", ["1380013"]), ("wang  WANG", ["wang"]), ("☃", ["☃"]), ("  ", [])],
    ],
)
def test_a_query_is_split_into_words(query: str, split: list[str]) -> None:
    assert search.words(query) == split


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("刘思瑶", "liusy"),
        ("欧阳思瑶", "ouyangsy"),
        ("单晟", "shans"),
        ("曾乐乐", "zengll"),
        ("吕", "lv"),
        ("吕", "lu"),
    ],
)
def test_a_person_is_found_by_surname_and_initials(name: str, query: str) -> None:
    assert found_by(search.name_terms(name, person=True), query)


@pytest.mark.parametrize("query", ["shengtai", "chengtai", "sttx", "cttx", "taitongxing", "tonghang", "tth"])
@pytest.mark.parametrize("person", [True, False, None])
def test_a_character_of_several_readings_is_found_by_each(query: str, person: bool | None) -> None:
    """晟 is cheng and sheng, 行 is xing and hang: of a person as of a company, whole or by initials."""
    assert found_by(search.name_terms("晟泰通行", person=person), query)


def test_a_second_word_may_be_another_reading() -> None:
    assert "shengtai" in search.search_text([("上海晟泰科技有限公司", None)])


@pytest.mark.parametrize("query", ["张", "三", "张三", "zs", "zhang", "zhangsan", "san", "ＺＳ"])
def test_a_person_is_found_by_any_part_of_the_name_in_characters_or_pinyin(query: str) -> None:
    assert found_by(search.name_terms("张三", person=True), query)


def test_the_terms_of_a_name_are_these() -> None:
    assert search.name_terms("张三", person=True) == {"张三", "三", "zs", "zhangsan", "zhangs", "san"}
    assert search.name_terms("Aaron O'Brien") == {"aaron o brie", "aaronobrien", "o brien", "brien"}
    assert search.name_terms("3M中国", person=False) == {"3m", "3mzg", "中国", "国", "zg", "zhongguo", "guo"}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        *[
            ("单雄", "shanxiong"),
            ("仇英", "qiuying"),
            ("曾巩", "zenggong"),
            ("解缙", "xiejin"),
            ("尉迟恭", "yuchigong"),
        ],
        *[("欧阳修", "ouyangxiu"), ("任伟", "renwei"), ("区小明", "ouxiaoming"), ("吕布", "lvbu"), ("吕布", "lubu")],
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, read: str) -> None:
    assert read in search.name_terms(name, person=True)


def test_words_are_read_as_words_and_people_by_their_surname_first_of_all() -> None:
    assert "chongqing" in search.name_terms("重庆", person=False)
    assert "danmianjiao" in search.name_terms("单面胶", person=False)
    assert search.initials("单三", person=True) == "ss"
    assert [found_by(search.name_terms("单三", person=True), query) for query in ("shan", "dan")] == [True, True]


@pytest.mark.parametrize(
    "query", ["上海大华", "大华文具", "有限公司", "dhwj", "dahua", "shdhwjyxgs", "wenju", "华文具有限公司"]
)
def test_a_company_is_found_by_any_part_of_its_name(query: str) -> None:
    assert found_by(search.name_terms("上海大华文具有限公司", person=False), query)


def test_a_mnemonic_keeps_latin_and_digits() -> None:
    assert [search.initials(name) for name in ("A4复印纸 80g", "HB铅笔", "Stapler 24/6", "☃")] == [
        "a4fyz80g",
        "hbqb",
        "stapler246",
        "",
    ]
    assert search.initials("单雄", person=True) == "sx"


@pytest.mark.parametrize("part", ["138", "8000", "013", "0013800", "13800138000", "80013"])
def test_a_phone_is_found_by_any_part_of_three_digits(part: str) -> None:
    terms = search.phone_terms("+8613800138000", SHANGHAI)
    assert any(term.startswith(part) for term in terms)
    assert len(terms) == 10


def test_a_landline_is_found_with_and_without_its_area_code() -> None:
    terms = search.phone_terms("+862162345678", SHANGHAI)
    assert {"02162345678", "2162345678", "62345678", "5678", "678"} <= terms
    assert search.phone_terms("+16502530000", Plan("US", "650")) >= {"6502530000", "000"}
    assert search.phone_terms("95588", SHANGHAI) == {"95588", "5588", "588"}
    assert "16502530000" in search.phone_terms("+16502530000", SHANGHAI)


@pytest.mark.parametrize(
    "query", ["浦东新区", "张江路123", "张江", "123号", "5楼", "东新区张江路123号5楼", "上海市 浦东新区"]
)
def test_an_address_is_found_by_any_part(query: str) -> None:
    assert found_by(search.address_terms("上海市浦东新区张江路123号5楼A座"), query)


def test_a_foreign_address_is_found_by_its_words() -> None:
    terms = search.address_terms("12 High Street, London SW1")
    assert all(found_by(terms, query) for query in ("high", "12 high street", "london", "sw1"))


def test_a_number_is_found_whole_or_without_its_zeros() -> None:
    assert search.number_terms("C000123") == {"c000123", "123"}


@given(st.text(max_size=300))
def test_terms_are_few_short_and_stand_in_the_text_they_are_sifted_by(text: str) -> None:
    names, places = search.name_terms(text), search.address_terms(text)
    sifted = search.search_text([(text, None)], texts=[text])
    assert len(names) < 300
    assert len(places) < 80
    assert all(len(term) <= search.LONGEST_TERM and term in sifted for term in names | places)


@given(st.text(alphabet="张三丰李单重庆12号路 -", max_size=40), st.integers(0, 39), st.integers(1, 20))
def test_any_part_of_an_address_finds_it(text: str, start: int, length: int) -> None:
    query = search.phrase(text[start : start + length])
    at = search.phrase(text).find(query)
    inside_a_number = search.phrase(text)[max(at - 1, 0) : at].isdigit() and query[:1].isdigit()
    if query.strip(" -") and at >= 0 and not inside_a_number:
        assert found_by(search.address_terms(text), query)


def test_nothing_a_person_can_type_breaks_the_terms() -> None:
    for text in json.loads(dataset("naughty-input/blns.json").read_text(encoding="utf-8")):
        terms = search.name_terms(text) | search.address_terms(text)
        assert bool(terms) == bool(search.folded(text))
        assert all(term.isprintable() and term.encode() for term in terms)


def test_a_long_word_is_scanned_from_its_beginning_or_its_end_whichever_is_rarer() -> None:
    assert search.keys("上海华博贸易有限公司") == ("华博贸易有限公司", "上海华博贸易有限")
    assert search.keys("northern design 12") == ("northern des",)
    assert search.keys("张江路88号") == ("张江路88号",)
