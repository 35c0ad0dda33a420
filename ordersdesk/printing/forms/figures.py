"""Amounts in the upper-case Chinese figures that papers carry beside the digits: 壹佰元整 (SLP-2)."""

from __future__ import annotations

from decimal import Decimal

from ordersdesk.foundation.texts.money import rounded

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10))


def in_words(amount: Decimal) -> str:
    """Return the amount in upper-case Chinese: 整 ends it unless there are fen."""
    cents = int(rounded(abs(amount)) * 100)
    yuan, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    words = f"{_spelled(yuan)}元" if yuan or not cents else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        words += DIGITS[0]
    words += f"{DIGITS[fen]}分" if fen else "整"
    return f"负{words}" if amount < 0 and cents else words


def _spelled(number: int) -> str:
    """Spell a whole number; a gap of noughts between two digits is said once."""
    for unit, size in _UNITS:
        if number >= size:
            many, rest = divmod(number, size)
            gap = DIGITS[0] if 0 < rest < size // 10 else ""
            return f"{_spelled(many)}{unit}{gap}{_spelled(rest) if rest else ''}"
    return DIGITS[number]
