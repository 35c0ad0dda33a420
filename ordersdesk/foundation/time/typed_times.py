"""Times of the day as they are typed on the phone: `16:30`, `1630`, `4pm`, `下午4点半` (DLV-4)."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERALS = "[零〇一二两三四五六七八九十]{1,3}"
_PARTS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
_BARE = re.compile(r"(\d{2})(\d{2})")
_TIME = re.compile(
    r"(?P<half>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s*"
    rf"(?P<hour>\d{{1,2}}|{_NUMERALS})\s*"
    rf"(?:[:.点时]\s*(?:(?P<part>{'|'.join(_PARTS)})|(?P<minute>\d{{2}}|{_NUMERALS})\s*分?(?::00)?)?)?\s*"
    r"(?P<noon>[ap])?(?(noon)\.?m\.?)\s*(?:以前|之前|前)?",
    re.IGNORECASE,
)


def time_typed(text: str) -> time | None:
    """Return the time meant; nothing for an empty text; refused (ORD-1) when it is no time of the day."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if not bare:
        return None
    try:
        return _read(bare)
    except (ValueError, KeyError):
        raise Refused(
            "ORD-1",
            _("“{text}” is no time of the day.").format(text=bare[:20]),
            mend=_("Type 16:30 or 4pm."),
            field="latest",
        ) from None


def _read(text: str) -> time:
    if found := _BARE.fullmatch(text):
        return time(int(found[1]), int(found[2]))
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    minute = _PARTS[found["part"]] if found["part"] else _number(found["minute"] or "0")
    noon = f"{found['noon']}m".lower() if found["noon"] else ""
    return time(hour_of_day(_number(found["hour"]), half=found["half"] or "", noon=noon), minute)


def _number(text: str) -> int:
    """Read a count below a hundred, in figures or as it is said: 十二, 四十五, 零五."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if any(len(part.lstrip("零〇")) > 1 for part in (tens, ones)):
        raise ValueError(text)
    return (_DIGITS[tens] if tens else 1) * 10 + _ones(ones) if ten else _ones(ones)


def _ones(text: str) -> int:
    return _DIGITS[text[-1]] if text else 0


def hour_of_day(hour: int, *, half: str = "", noon: str = "") -> int:
    """Return the hour of the day: 3 of the afternoon (下午, `pm`) is 15, 12 of the night is 0; ValueError for none."""
    if noon and not 1 <= hour <= 12:
        raise ValueError(hour)
    is_late = noon == "pm" or half in ("下午", "傍晚", "晚上") or (half == "中午" and hour < 11)
    is_early = noon == "am" or half == "凌晨"
    if is_late and hour < 12:
        return hour + 12
    return 0 if is_early and hour == 12 else hour
