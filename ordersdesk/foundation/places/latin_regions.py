"""Provinces and cities in Latin letters, as English addresses end with them: `100 Nanjing Road, Shanghai` (CUS-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ordersdesk.foundation.places.divisions import Region, cities, own_city, provinces
from ordersdesk.foundation.searching.pinyin import syllables

_OTHERWISE = {
    "内蒙古": ("innermongolia", "neimenggu"), "西藏": ("tibet", "xizang"), "陕西": ("shaanxi",), "香港": ("hongkong",),
    "澳门": ("macau", "macao"), "台湾": ("taiwan",),
}  # fmt: skip
_LEFT_OUT = re.compile(r"\b(?:p\.?\s?r\.?\s?china|china|prc|province|city|municipality|shi|sheng)\b|[\d.'’]+")
_LONGEST = 3  # words of a name


def latin(text: str) -> Iterator[frozenset[Region]]:
    """Yield what the parts of an address end with, the last part first; a road's name ends with the road."""
    for part in reversed(text.lower().split(",")):
        words = re.findall(r"[a-z]+", _LEFT_OUT.sub(lambda left: "" if left[0] in "'’" else " ", part))
        ends = ("".join(words[-count:]) for count in range(min(_LONGEST, len(words)), 0, -1))
        if found := next((regions for end in ends if (regions := _names().get(end))), None):
            yield found


@cache
def _names() -> dict[str, frozenset[Region]]:
    """Return every spelling; 福州 and 抚州 are both Fuzhou, so the province has to say which."""
    spelled: dict[str, set[Region]] = {}
    for province in provinces():
        for name in _OTHERWISE.get(province) or ("".join(syllables(province)),):
            spelled[name] = {Region(province, own_city(province))}
    for province in provinces():
        for city in cities(province):
            spelled.setdefault("".join(syllables(city[:-1])), set()).add(Region(province, city))
    return {name: frozenset(regions) for name, regions in spelled.items()}
