"""Province and city from an address's own words, in real addresses and in those that mislead (CUS-12)."""

from __future__ import annotations

import csv
import json
import lzma

import pytest

from ordersdesk.foundation.places.divisions import Region, cities, names, provinces
from ordersdesk.foundation.places.regions import named_after, read, said
from tests.datasets import dataset


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("江苏省苏州市虎丘区狮山路1号", ("江苏", "苏州市")),
        ("江苏苏州虎丘区狮山路1号", ("江苏", "苏州市")),
        ("苏州狮山路1号", ("江苏", "苏州市")),
        ("上海市徐汇区漕溪路1号", ("上海", "上海市")),
        ("上海南丹路5号", ("上海", "上海市")),
        ("收货地址：中国上海市徐汇区", ("上海", "上海市")),
        ("２０００３０　上海市徐汇区", ("上海", "上海市")),
        ("3号楼 上海市徐汇区漕溪路1号", ("上海", "上海市")),
        ("内蒙古赤峰市红山区", ("内蒙古", "赤峰市")),
        ("内蒙呼和浩特", ("内蒙古", "呼和浩特市")),
        ("广西壮族自治区南宁市", ("广西", "南宁市")),
        ("新疆乌鲁木齐天山区1号", ("新疆", "乌鲁木齐市")),
        ("湖北省仙桃市钱沟路1号", ("湖北", "仙桃市")),
        ("香港九龙弥敦道1号", ("香港", "香港")),
        ("澳门氹仔1号", ("澳门", "澳门")),
        ("臺北市大安區1號", ("台湾", "台北市")),
        ("江苏省工业园1号", ("江苏", "")),
    ],
)
def test_the_leading_words_name_province_and_city(address: str, region: tuple[str, str]):
    assert read(address) == region


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("浦东新区世纪大道1号", ("上海", "上海市")),
        ("昆山市玉山镇人民路1号", ("江苏", "苏州市")),
        ("浦东张江镇1号", ("上海", "上海市")),
        ("徐汇虹漕路461号", ("上海", "上海市")),
        ("闸北区共和新路1号", ("上海", "上海市")),
        ("鼓楼区湖南路1号", None),
        ("朝阳区望京街1号", None),
        ("朝阳区望京街1号, 北京", ("北京", "北京市")),
        ("朝阳市双塔区1号", ("辽宁", "朝阳市")),
        ("北京朝阳区望京", ("北京", "北京市")),
        ("河北区中山路1号", ("天津", "天津市")),
    ],
)
def test_a_district_is_enough_where_only_one_city_has_it(address: str, region: tuple[str, str] | None):
    assert read(address) == region


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("吉林省长春市朝阳区", ("吉林", "长春市")),
        ("吉林市船营区1号", ("吉林", "吉林市")),
        ("吉林船营区1号", ("吉林", "吉林市")),
        ("海南省三亚市1号", ("海南", "三亚市")),
        ("海南藏族自治州共和县", ("青海", "海南藏族自治州")),
        ("海南州贵德县", ("青海", "海南藏族自治州")),
        ("海南区1号", ("内蒙古", "乌海市")),
        ("西安新城区1号", ("陕西", "西安市")),
        ("西安区1号", None),
    ],
)
def test_a_province_and_a_city_of_one_name_are_told_apart(address: str, region: tuple[str, str] | None):
    assert read(address) == region


@pytest.mark.parametrize(
    "address",
    [
        "北京西路100号", "南京东路800号", "江西中路1号", "西藏中路1号", "四川北路1号", "上海路1号", "广州大道中1号",
        "长宁路1号", "浦东大道5号", "东方路1号", "宝山路1号", "中山公园1号", "中山东一路1号", "朝阳门外大街1号",
        "北京大厦3楼", "新城区街道1号", "张江路88号", "天水家园1号", "东方世纪中心", "义乌市场3号", "清水河镇1号",
        "aaaa", "1111", "", "Nanjing Road 100",
    ],
)  # fmt: skip
def test_what_names_a_street_or_a_house_names_no_region(address: str):
    assert read(address) is None


@pytest.mark.parametrize(
    ("address", "provinces"),
    [
        ("浦东大道1号", {"上海"}), ("宝山路1号", {"上海", "黑龙江"}), ("收货地址:北京西路1号", {"北京"}),
        ("张江路1号", set[str]()), ("浦东", set[str]()), ("浦东大道1号，新疆乌鲁木齐市", set[str]()), ("", set[str]()),
    ],
)  # fmt: skip
def test_a_street_bears_the_names_of_places(address: str, provinces: set[str]):
    assert {region.province for region in named_after(address)} == provinces


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("上海市南京东路100号", ("上海", "上海市")),
        ("上海南京东路100号", ("上海", "上海市")),
        ("上海市浦东新区新疆路1号", ("上海", "上海市")),
        ("浙江上海路1号", ("浙江", "")),
        ("宁波镇海区1号", ("浙江", "宁波市")),
        ("台州路桥区1号", ("浙江", "台州市")),
        ("上海市黄浦区江苏省商会", ("上海", "上海市")),
    ],
)
def test_a_street_named_after_another_place_changes_nothing(address: str, region: tuple[str, str]):
    assert read(address) == region


@pytest.mark.parametrize(
    "address",
    [
        "江苏省杭州市西湖区1号", "上海市昆山市花桥镇1号", "上海新疆乌鲁木齐市天山区1号", "上海浦东新区，新疆乌鲁木齐",
        "上海市浦东新区浙江省青田县油竹街道", "广东省广州市花都区中国浙江省金华市义乌市口岸路",
    ],
)  # fmt: skip
def test_an_address_in_two_regions_is_in_none(address: str):
    assert read(address) is None


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("100 Nanjing Road, Shanghai", ("上海", "上海市")),
        ("Room 1, 5 Zhongshan Rd, Shanghai 200030, P.R. China", ("上海", "上海市")),
        ("88 Xingang Road, Guangzhou City, China", ("广东", "广州市")),
        ("1 Xi'an Road, Xi'an", ("陕西", "西安市")),
        ("5 Zhongshan Rd, Suzhou, Jiangsu", ("江苏", "")),
        ("5 Zhongshan Rd, Suzhou", None),
        ("1 Queen's Road, Hong Kong", ("香港", "香港")),
    ],
)
def test_english_addresses_end_with_the_region(address: str, region: tuple[str, str] | None):
    assert read(address) == region


def test_the_list_has_34_provinces_and_every_city_is_found_behind_its_province():
    assert len(provinces()) == 34
    assert [
        city
        for province in provinces()
        for city in cities(province)
        if read(f"{province}{city}人民路1号") != (province, city)
    ] == []


def province(name: str) -> str:
    found = said(name)
    return found.province if found else ""


@pytest.mark.parametrize(
    ("typed", "short"), [("江苏省", "江苏"), (" 江苏 ", "江苏"), ("广西壮族自治区", "广西"), ("Mars", "")]
)
def test_a_province_is_known_in_any_form(typed: str, short: str):
    assert province(typed) == short


@pytest.mark.parametrize("house", ["1", "1245", "200040", "1-2-3", "12弄3"])
def test_which_house_of_a_street_it_is_says_nothing_of_the_region(house: str):
    places = ("上海市黄浦区四平路{}号5楼", "江苏省苏州市工业园区星湖街{}号", "中山路{}号", "{} 杭州市文三路9号")
    found = [read(place.format(house)) for place in places]
    assert found == [Region("上海", "上海市"), Region("江苏", "苏州市"), None, Region("浙江", "杭州市")]


@pytest.mark.parametrize(
    ("region", "text"), [(("江苏", "苏州市"), "江苏 苏州市"), (("上海", "上海市"), "上海"), (("江苏", ""), "江苏")]
)
def test_a_region_says_nothing_twice(region: tuple[str, str], text: str):
    assert str(Region(*region)) == text


def test_real_labelled_addresses_are_read_right():
    """Right: the province of the label, or the one that the city of the label is in; none is wrong but one in 1,000."""
    with lzma.open(dataset("cn-addresses/labelled_train.jsonl.xz"), "rt", encoding="utf-8") as file:
        labelled = [(row["text"], _labelled(row["elements"])) for row in map(json.loads, file)]
    named = [(text, province) for text, province in labelled if province]
    read_as = [(found.province if (found := read(text)) else "", province) for text, province in named]
    right = sum(found == province for found, province in read_as)
    wrong = sum(found not in ("", province) for found, province in read_as)
    assert len(named) > 5_000
    assert right / len(named) >= 0.99
    assert wrong / len(named) <= 0.001


def _labelled(elements: list[list[str]]) -> str:
    """Return the province a label names, or its city's when only one province has a city of that name."""
    labels = {kind: text for kind, text in reversed(elements)}
    if "prov" in labels:
        return province(labels["prov"])
    found = {each.province for each in names().get(labels.get("city", ""), ())}
    return found.pop() if len(found) == 1 else ""


def test_real_company_addresses_are_read_right():
    with lzma.open(dataset("cn-companies/szse_a_share_list_2025.csv.xz"), "rt", encoding="utf-8") as file:
        rows = [{name.replace(" ", ""): value for name, value in row.items()} for row in csv.DictReader(file)]
    listed = [(row["注册地址"], province(row["省份"])) for row in rows if row["注册地址"]]
    right = [found.province == province for address, province in listed if (found := read(address))]
    assert len(right) >= 0.99 * len(listed)
    assert right.count(True) >= 0.999 * len(listed)
