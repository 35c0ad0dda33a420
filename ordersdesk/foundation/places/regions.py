"""Province and city read from an address's own words: its leading names count, a street's name never (CUS-12)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ordersdesk.foundation.places.divisions import Division, Level, Region, lengths, names, own_city
from ordersdesk.foundation.places.latin_regions import latin

READ = 200  # characters of an address that are looked at
# What makes a short name the name of a street or a place: 北京西路, 中山公园, 西安区.
_STREET = re.compile(
    r"[东西南北中前后内外上下]?[东西南北中一二三四五六七八九十]*(?:路|街|大道|巷|弄|里弄|胡同|公路|道|支路|高架)"
    r"|桥|大厦|公园|广场|医院|宾馆|饭店|酒店|花园|小区|村|苑|号|寺|站"
    r"|[省市区县州盟旗镇乡]"
)
_PART = re.compile(r"街|路|镇|乡|大道")  # a district's name is only a part of 新城区街道
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:镇|乡|街道)|(?:经济|技术|高新|产业)*开发区|高新区")
_TOWN_ROAD = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:路|街|大道|弄|巷)")
# What tells an address from the name of a firm, where a name does not stand first: 学院路8号 杭州市第一医院.
_ROAD = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:路|街|大道|巷|弄|镇|乡|村|区|号)")
# Short names that are words of every town: they count when a place within follows.
_WORDS = frozenset({
    "东方", "天水", "中山", "来宾", "安康", "天门", "文昌", "海东", "广安", "泰安", "保山", "朝阳", "延安", "长春",
    "大同", "吉安",
})  # fmt: skip
_LABEL = re.compile(
    r"^(?:(?:收货|送货|公司|联系|详细|注册|办公)?(?:地址|地点|住址)(?:是|在|为)?[:\s]*|中国|中华人民共和国|\d{6}(?!\d))+"
)
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_GAP = re.compile(r"[\s,;:.?、·\-_/|()\[\]【】《》<>\"']+")
_NUMBER = re.compile("[0-9]+")
_CONTRADICTION = frozenset((Region(""),))  # 江苏省杭州市: a province and a city of another


def read(address: str) -> Region | None:
    """Return province and city as the address names them, nothing when it names none, several or none that is sure."""
    text = _plain(address)
    if text.isascii():
        return _sure(latin(text))
    first, inside = _named(text)
    found = _sure([*first, *inside])
    if found is None:
        return _by_district(text)
    elsewhere = any(found.province not in {region.province for region in regions} for regions in inside)
    return None if elsewhere or not found.province else found


def possible(address: str) -> frozenset[Region]:
    """Return every region an address may be in by its words: those of 鼓楼区 are four; none when it names no place."""
    text = _plain(address)
    if text.isascii():
        return frozenset[Region]().union(*latin(text))
    first, inside = _named(text)
    by_district = _by_district(text)
    found = frozenset[Region]().union(*first, *inside, *([{by_district}] if by_district else []))
    return frozenset(region for region in found if region.province)


def named_after(address: str) -> frozenset[Region]:
    """Return the regions whose name its street bears: 浦东大道 one, 宝山路 two; none where other words name a place."""
    text = _plain(address)
    ends = () if any(_named(text)) else _ends(text, 0)
    end = next((end for end in ends if _STREET.match(text, end)), 0)
    return _regions(names()[text[:end]]) if end else frozenset()


def beyond(address: str) -> str:
    """Return what an address says beyond province, city and district: the street, the house, the door."""
    text, start = _plain(address), 0
    while start < len(text):
        end, _found = _name(text, start)
        gap = _GAP.match(text, end)
        after = gap.end() if gap else end
        if after == start:
            break
        start = after
    return text[start:]


def _plain(address: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", address[:READ])).replace("臺", "台").strip()
    text = _LABEL.sub("", text)
    return _GAP.sub("", text, count=1) if _GAP.match(text) else text


Named = tuple[frozenset[Region], ...]


def _named(text: str) -> tuple[Named, Named]:
    """Return what the first words name, and what stands further inside; which house it is says nothing of that."""
    return _named_in(_NUMBER.sub("0", text))


@lru_cache(maxsize=4_000)  # a file has thousands of addresses in few streets
def _named_in(street: str) -> tuple[Named, Named]:
    first = _leading(street, 0)
    return ((first,) if first else ()), tuple(_inside(street))


def _sure(named: Iterable[frozenset[Region]]) -> Region | None:
    """Return the first region; one that may be several is made sure by what stands behind it."""
    left: frozenset[Region] = frozenset()
    for regions in named:
        left = (left & regions or left) if left else regions
        if len(left) == 1:
            return next(iter(left))
    provinces_left = {region.province for region in left}
    return Region(provinces_left.pop()) if len(provinces_left) == 1 else None


def _leading(text: str, start: int) -> frozenset[Region]:
    """Return the regions which the names at this place may mean: none, one, or several."""
    end, found = _name(text, start)
    highest = [each for each in found if each.level is Level.PROVINCE]
    if not highest:
        return _regions(each for each in found if each.level is Level.CITY or each.is_full)
    province = highest[0].province
    while gap := _GAP.match(text, end):
        end = gap.end()
    if within := _below(text, end, province):
        return within
    below, other = _name(text, end)
    if any(each.level is Level.PROVINCE or (each.is_full and text[below - 1] == "市") for each in other):
        return _CONTRADICTION
    return frozenset((Region(province, highest[0].city),))


def _below(text: str, start: int, province: str) -> frozenset[Region]:
    """Return the city behind its province: there a short name needs nothing that makes it sure."""
    for end in _ends(text, start):
        found = [each for each in names()[text[start:end]] if each.province == province]
        if found and (found[0].is_full or not _STREET.match(text, end) or _goes_on(text, end, found)):
            return _regions(found)
    return frozenset()


def _regions(found: Iterable[Division]) -> frozenset[Region]:
    return frozenset(Region(each.province, each.city) for each in found)


def _name(text: str, start: int) -> tuple[int, tuple[Division, ...]]:
    """Return the longest name that begins here and where it ends; a street's or a shop's name is none."""
    for end in _ends(text, start):
        if meant := _meant(text, start, end, names()[text[start:end]]):
            return end, meant
    return start, ()


def _ends(text: str, start: int) -> list[int]:
    """Return where names that begin here may end, the longest first."""
    known, fit = names(), lengths().get(text[start : start + 2], ())
    return [start + length for length in fit if start + length <= len(text) and text[start : start + length] in known]


def _meant(text: str, start: int, end: int, found: tuple[Division, ...]) -> tuple[Division, ...]:
    full = tuple(each for each in found if each.is_full)
    if full:
        part = full[0].level is Level.DISTRICT and _PART.match(text, end)
        return () if part or text.startswith("市场", end - 1) else full
    if text[start:end] in _WORDS:
        stands = bool(_TOWNSHIP.match(text, end)) or _goes_on(text, end, found)
    else:
        stands = not _STREET.match(text, end) or _goes_on(text, end, found)
    return found if stands else ()


def _goes_on(text: str, end: int, found: Iterable[Division]) -> bool:
    """Tell whether a place within follows at once: in 宁波镇海区 the third character is no town."""
    own = {(each.province, each.city if each.level is not Level.PROVINCE else "") for each in found}
    below = (each for stop in _ends(text, end) for each in names()[text[end:stop]])
    return any(own & {(each.province, each.city), (each.province, "")} for each in below)


def _inside(text: str) -> Iterator[frozenset[Region]]:
    """Find what stands behind the first words: a province or city that says itself what it is, or begins a part."""
    start, beginnings = 0, lengths()
    while start < len(text):
        if text[start : start + 2] not in beginnings:  # most places, and a file has thousands of addresses
            start += 1
            continue
        end, found = _name(text, start)
        if start and found and (found[0].is_full or _GAP.match(text, start - 1)):
            is_place = end == len(text) or _goes_on(text, end, found) or _ROAD.match(text, end)
            if is_place and found[0].level is not Level.DISTRICT:
                yield _leading(text, start)
        start = max(end, start + 1)


def _by_district(text: str) -> Region | None:
    """Read 浦东张江镇, 徐汇虹漕路: a district's short name counts before a town, in a municipality before a road."""
    end, found = _name(text, 0)
    regions = _regions(found)
    if len(regions) != 1:
        return None
    region = next(iter(regions))
    in_town = bool(own_city(region.province)) and _TOWN_ROAD.match(text, end)
    return region if in_town or _TOWNSHIP.match(text, end) else None


@lru_cache(maxsize=1_000)
def said(name: str) -> Region | None:
    """Return the region a person names by itself: 江苏, 江苏省苏州市, 苏州, Jiangsu; nothing for none or several."""
    found = names().get(name.strip(), ())
    provinces_named = [each for each in found if each.level is Level.PROVINCE]
    regions = _regions(provinces_named or found)
    return next(iter(regions)) if len(regions) == 1 else read(name)
