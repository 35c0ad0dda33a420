"""Rows a mapping leaves out on purpose, each with the reason it gives (FIL-1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Skip:
    """One condition on one column and the reason a row that meets it is left out."""

    column: str
    reason: str
    test: Test


def tests_of(table: dict[str, Any]) -> list[Test]:
    """Return the conditions of one `[[skip]]` table; ValueError names an entry that is none."""
    return [_CONDITIONS[name](wanted) for name, wanted in table.items() if name not in ("column", "reason")]


def _is(wanted: Any) -> Test:
    words = {str(word).casefold() for word in (wanted if isinstance(wanted, list) else [wanted])}  # pyright: ignore
    return lambda text: text.casefold() in words


def _empty(wanted: Any) -> Test:
    return lambda text: (not text) == bool(wanted)


def _starts(wanted: Any) -> Test:
    words = tuple(str(word) for word in (wanted if isinstance(wanted, list) else [wanted]))  # pyright: ignore
    return lambda text: text.startswith(words)


def _matches(wanted: Any) -> Test:
    pattern = re.compile(str(wanted))
    return lambda text: pattern.search(text) is not None


def _below(wanted: Any) -> Test:
    limit = Decimal(str(wanted))
    return lambda text: (number := _number(text)) is not None and number < limit


def _above(wanted: Any) -> Test:
    limit = Decimal(str(wanted))
    return lambda text: (number := _number(text)) is not None and number > limit


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_CONDITIONS: dict[str, Callable[[Any], Test]] = {
    "is": _is,
    "empty": _empty,
    "starts": _starts,
    "matches": _matches,
    "below": _below,
    "above": _above,
}
CONDITIONS = tuple(_CONDITIONS)
