"""One cell to one typed value; what cannot be one is said in a sentence without the value (FIL-1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from ordersdesk.files.fields import Field, plain_name
from ordersdesk.files.workbooks import Cell, text_of
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.texts import clean

Value = str | int | bool | Decimal | date | datetime | None
DAYS_AGO = "days ago"
EXCEL = "excel"
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_POINT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d{1,2})?")
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. ]\d{3})+)?(,\d*)?")
_YES = {"yes", "y", "true", "1", "是", "有", "√", "✓", "x"}
_NO = {"no", "n", "false", "0", "否", "无", "-", ""}
_BREAKS = re.compile("[\r\n\t\xa0\u2007\u202f]+")
_MOST = Decimal(10) ** 12


class NotThat(Exception):
    """A cell that is not what its field needs; holds the rule and the sentence."""

    def __init__(self, message: str, rule: str = "FIL-1") -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule


@dataclass(frozen=True)
class Format:
    """How a file writes a field: a date format, the decimal mark, and the business date `days ago` counts from."""

    today: date
    day: str = ""
    decimal: str = "."


def converted(cell: Cell, field: Field, form: Format) -> Value:
    """Return the typed value of a cell that holds something; `NotThat` says why it is none."""
    return _CONVERTERS[field.type](cell, field, form)


def _text(cell: Cell, field: Field, _form: Format) -> Value:
    return _cleaned(_BREAKS.sub(" ", text_of(cell)), field, lines=False)


def _note(cell: Cell, field: Field, _form: Format) -> Value:
    return _cleaned(text_of(cell).replace("\r\n", "\n").replace("\r", "\n"), field, lines=True)


def _cleaned(text: str, field: Field, *, lines: bool) -> str:
    try:
        return clean(text, field=field.name, longest=field.longest, lines=lines)
    except Refused as refused:
        raise NotThat(refused.message, refused.rule) from refused


def _unquoted(cell: Cell) -> str:
    """Return a cell without the apostrophe that marks it as text: `'-5` of a guarded file, mended to `'5`."""
    return text_of(cell).strip().removeprefix("'").strip()


def _number(cell: Cell, form: Format) -> Decimal:
    if isinstance(cell, Decimal):
        return cell
    bare = _unquoted(cell).translate(_NARROW).lstrip("¥￥$€£ ").removesuffix("元").replace("\xa0", " ").strip()
    comma = form.decimal == ","
    if not bare or not (_COMMA if comma else _POINT).fullmatch(bare):
        raise NotThat(_("is no number"))
    plain = bare.replace(".", "").replace(" ", "").replace(",", ".") if comma else bare.replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise NotThat(_("is no number")) from error
    if abs(number) >= _MOST:
        raise NotThat(_("is too large a number"))
    # Files written from floats say 731.9399999999999 for 731.94.
    return round(number, 6)


_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("，"): ",", ord("．"): ".", ord("－"): "-"}


def _decimal(cell: Cell, _field: Field, form: Format) -> Value:
    if isinstance(cell, str) and cell.strip().endswith(("%", "％")):
        return _number(cell.strip()[:-1], form)
    return _number(cell, form)


def _whole(cell: Cell, _field: Field, form: Format) -> Value:
    number = _number(cell, form)
    if number != number.to_integral_value():
        raise NotThat(_("is no whole number"))
    return int(number)


def _code(cell: Cell, field: Field, form: Format) -> Value:
    return _text(cell, field, form)


def _moment(cell: Cell, field: Field, form: Format) -> Value:
    if isinstance(cell, datetime):
        found = cell
    elif isinstance(cell, date):
        found = datetime.combine(cell, time())
    else:
        found = _read_moment(cell, form)
    if not 1900 <= found.year <= 2200:
        raise NotThat(_("is a date no order desk has seen"))
    return found.date() if field.type == "date" else found


def _read_moment(cell: str | Decimal, form: Format) -> datetime:
    text = _unquoted(cell)
    try:
        if form.day in (DAYS_AGO, EXCEL):
            days = int(_number(cell, form))
            day = form.today - timedelta(days=days) if form.day == DAYS_AGO else _EXCEL_DAY_ZERO + timedelta(days=days)
            return datetime.combine(day, time())
        if form.day:
            return datetime.strptime(text, form.day)
        if found := _MOMENT.fullmatch(text) or _COMPACT.fullmatch(text):
            return datetime(*(int(part or 0) for part in found.groups()))  # pyright: ignore[reportArgumentType]
    except (ValueError, OverflowError) as error:
        raise NotThat(_("is no date that exists, or not in the format given")) from error
    raise NotThat(_("is no date like 2026-01-31; the mapping can name another format"))


def _choice(cell: Cell, field: Field, _form: Format) -> Value:
    found = field.spelled.get(plain_name(text_of(cell)))
    if found is None:
        raise NotThat(_("is none of: {choices}").format(choices=", ".join(field.choices)))
    return found


def _yes(cell: Cell, _field: Field, _form: Format) -> Value:
    word = text_of(cell).strip().casefold()
    if word not in _YES | _NO:
        raise NotThat(_("is neither yes nor no"))
    return word in _YES


_CONVERTERS: dict[str, Callable[[Cell, Field, Format], Value]] = {
    "text": _text,
    "note": _note,
    "code": _code,
    "whole": _whole,
    "money": _decimal,
    "decimal": _decimal,
    "date": _moment,
    "moment": _moment,
    "choice": _choice,
    "yes": _yes,
}
