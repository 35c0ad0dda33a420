"""The divisions of China by every name people write them: provinces, prefectures, counties and districts (CUS-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from ordersdesk.foundation.texts.data import data_path

_ETHNIC = (
    "(?:蒙古族?|回族|藏族|维吾尔|壮族|苗族|侗族|彝族|布依族|土家族|朝鲜族|哈尼族|傣族|白族|景颇族|傈僳族|羌族|哈萨克族?"
    "|柯尔克孜|满族|瑶族|畲族|黎族|佤族|拉祜族|纳西族|水族|土族|撒拉族|仫佬族|毛南族|仡佬族|达斡尔族|锡伯|塔吉克|东乡族|保安族|裕固族"
    "|普米族|怒族|独龙族|布朗族|各族|鄂伦春|鄂温克族)"
)
_PROVINCE = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_PREFECTURE = re.compile(rf"(?:{_ETHNIC}*自治州|市|地区|盟)$")
_COUNTY = re.compile(rf"(?:{_ETHNIC}*自治[县旗]|新区|[区县市旗])$")
_SAYS = re.compile(r"[省市区县州盟旗]$")
_SHORT_PROVINCES = {"内蒙古": ("内蒙",), "广西": ("广西省",), "新疆": ("新疆省",), "宁夏": ("宁夏省",)}


class Level(IntEnum):
    """How high a division stands."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3


class Division(NamedTuple):
    """What a name may stand for; the province is short (江苏), the city as the list writes it (苏州市)."""

    level: Level
    province: str
    city: str
    is_full: bool
    """Whether the name says what it is (昆山市), or leaves that away (昆山) as streets and firms do too."""


class Region(NamedTuple):
    """Where an address is: the province, short, and the city when the words say that too."""

    province: str
    city: str = ""

    def __str__(self) -> str:
        """Write both without saying one twice: `江苏 苏州市`, `上海`."""
        alone = self.city in (self.province, own_city(self.province))
        return self.province if alone else f"{self.province} {self.city}".strip()


@cache
def rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the list: short province, city, its districts."""
    return tuple((_PROVINCE.sub("", row[0]), row[1], tuple("".join(row[2:]).split())) for row in _cells())


@cache
def _cells() -> list[list[str]]:
    lines = data_path("divisions.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def provinces() -> tuple[str, ...]:
    """Return the 34 provinces, short, in the order of the list."""
    return tuple(dict.fromkeys(province for province, _city, _districts in rows()))


@cache
def cities(province: str) -> tuple[str, ...]:
    """Return the cities of a province as the list writes them."""
    return tuple(city for own, city, _districts in rows() if own == province)


def own_city(province: str) -> str:
    """Return the city that is a province of its own (上海市), nothing for other provinces."""
    alone = cities(province) if len(cities(province)) == 1 else ()
    return next((city for city in alone if _PROVINCE.sub("", city) == province), "")


@cache
def names() -> dict[str, tuple[Division, ...]]:
    """Return every name with all it may stand for: 朝阳区 is in two cities, 吉林 a province and a city."""
    found: dict[str, dict[Division, None]] = {}
    for name, division in _named():
        found.setdefault(name, {}).setdefault(division)
    return {name: tuple(divisions) for name, divisions in found.items()}


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """Return how long names are that begin with two characters, the longest first: a look at most texts ends here."""
    found: dict[str, set[int]] = {}
    for name in names():
        found.setdefault(name[:2], set()).add(len(name))
    return {begins: tuple(sorted(each, reverse=True)) for begins, each in found.items()}


def _named() -> Iterator[tuple[str, Division]]:
    for name in dict.fromkeys(row[0] for row in _cells()):
        short = _PROVINCE.sub("", name)
        own = own_city(short)
        for written in (name, short, *_SHORT_PROVINCES.get(short, ())):
            yield written, Division(Level.PROVINCE, short, own, bool(_SAYS.search(written)))
    for province, city, districts in rows():
        if city != own_city(province):
            yield from _city(province, city)
        for district in districts:
            yield district, Division(Level.DISTRICT, province, city, bool(_SAYS.search(district)))
            stem = _COUNTY.sub("", district)
            if len(stem) > 1 and stem != district:
                yield stem, Division(Level.DISTRICT, province, city, False)


def _city(province: str, city: str) -> Iterator[tuple[str, Division]]:
    yield city, Division(Level.CITY, province, city, True)
    stem = _PREFECTURE.sub("", city)
    if len(stem) > 1 and stem != city:
        yield stem, Division(Level.CITY, province, city, False)
    if city.endswith("自治州"):
        yield stem + "州", Division(Level.CITY, province, city, True)
