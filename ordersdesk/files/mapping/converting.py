"""One cell to one typed value; what cannot be one is said in a sentence without the value (FIL-1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from ordersdesk.files.mapping.fields import Field, plain_name
from ordersdesk.files.mapping.moments import Clock, moment_of
from ordersdesk.files.tables.workbooks import Cell, text_of
from ordersdesk.foundation.texts.codes import legible
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean

Value = str | int | bool | Decimal | date | datetime | None
_POINT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d{1,2})?")
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. ]\d{3})+)?(,\d*)?")
_SIGNS = {"CNY": "¥￥", "JPY": "¥￥", "USD": "$", "EUR": "€", "GBP": "£"}
_ANY_SIGN = "¥￥$€£"
_YES = {"yes", "y", "true", "1", "是", "有", "√", "✓", "x"}
_NO = {"no", "n", "false", "0", "否", "无", "-", ""}
_BREAKS = re.compile("[\r\n\t\xa0\u2007\u202f]+")
_MOST = Decimal(10) ** 12
_EXACT = Decimal(10) ** 15
_SPAN = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,7})(?:\.\d*)?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d{1,3}", re.IGNORECASE)  # 6.90123E+12: what Excel shows of a long number


class NotThat(Exception):
    """A cell that is not what its field needs; holds the rule and the sentence."""

    def __init__(self, message: str, rule: str = "FIL-1") -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule


@dataclass(frozen=True)
class Format:
    """How a file writes a field: a date format, the decimal mark, and the clock its days are read by."""

    clock: Clock
    day: str = ""
    decimal: str = "."
    currency: str = ""
    """That of the desk; no sign of another is taken for it."""


def converted(cell: Cell, field: Field, form: Format) -> Value:
    """Return the typed value of a cell that holds something; `NotThat` says why it is none."""
    return _CONVERTERS[field.type](cell, field, form)


def _text(cell: Cell, field: Field, _form: Format) -> Value:
    return _cleaned(_unbroken(text_of(cell)), field, lines=False)


def _unbroken(text: str) -> str:
    return text if text.isprintable() else _BREAKS.sub(" ", text)


def _note(cell: Cell, field: Field, _form: Format) -> Value:
    return _cleaned(text_of(cell).replace("\r\n", "\n").replace("\r", "\n"), field, lines=True)


def _cleaned(text: str, field: Field, *, lines: bool) -> str:
    try:
        return clean(text, field=field.name, longest=field.longest, lines=lines)
    except Refused as refused:
        # Said without the length or the place: a thousand of them are one fault.
        if len(text.strip()) > field.longest:
            raise NotThat(
                _("has more than {longest} characters").format(longest=field.longest), refused.rule
            ) from refused
        raise NotThat(_("holds a control character"), refused.rule) from refused


def _unquoted(cell: Cell) -> str:
    """Return a cell without the apostrophe that marks it as text: `'-5` of a guarded file, mended to `'5`."""
    return text_of(cell).strip().removeprefix("'").strip()


def _number(cell: Cell, form: Format) -> Decimal:
    if isinstance(cell, Decimal) and not _shown_percent(cell):
        return cell
    bare = _unquoted(cell).translate(_NARROW).lstrip(f"{_ANY_SIGN} ").removesuffix("元").replace("\xa0", " ").strip()
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


def _whole(cell: Cell, _field: Field, form: Format) -> Value:
    if _shown_percent(cell):
        raise NotThat(_("is a percentage and no count"))
    number = _number(cell, form)
    if number != number.to_integral_value():
        raise NotThat(_("is no whole number"))
    return int(number)


def _code(cell: Cell, field: Field, form: Format) -> Value:
    """Read a code as its cell shows it: full width, invisible characters and padding gone (CAT-2)."""
    if isinstance(cell, Decimal):
        if abs(cell) >= _EXACT:
            raise NotThat(_("has more than 15 digits, of which a spreadsheet keeps 15: type it again as text"))
    elif isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()):
        raise NotThat(_("was cut by a spreadsheet: show the column as text there and save it again"))
    return _cleaned(legible(_undressed(_unbroken(text_of(cell)))), field, lines=False)


def _undressed(text: str) -> str:
    """Take off what shops put around codes so that spreadsheets keep their noughts: `'00123`, `"00123"`."""
    plain = text.strip()
    while len(plain) > 1 and (plain[0] in "'‘`" or (plain[0] == plain[-1] == '"')):
        plain = plain[1:].rstrip('"').strip() if plain[0] == '"' else plain[1:].strip()
    return plain


def _phone(cell: Cell, field: Field, _form: Format) -> Value:
    return _cleaned(_undressed(_unbroken(text_of(cell))), field, lines=False)


def _percent(cell: Cell, field: Field, form: Format) -> Value:
    """Read a rate in percent: 13, 13% and a cell that shows 13 %."""
    number = _number(_shown_percent(cell) or cell, form)
    if number != number.to_integral_value():
        raise NotThat(_("is no whole percent: write 13 or 13%"))
    return int(number)


def _share(cell: Cell, _field: Field, form: Format) -> Value:
    """Read a part of the whole: 15%, 0.15 and a cell that shows 15 % are 0.15."""
    percent = _shown_percent(cell)
    number = _number(percent, form) / 100 if percent else _number(cell, form)
    if not 0 <= number <= 1:
        raise NotThat(_("is no part of the whole: write 15% or 0.15"))
    return number


def _shown_percent(cell: Cell) -> str:
    text = text_of(cell).strip()
    return text[:-1].strip() if text.endswith(("%", "％")) else ""


def _money(cell: Cell, field: Field, form: Format) -> Value:
    if _shown_percent(cell):
        raise NotThat(_("is a percentage and no amount"))
    sign = _unquoted(cell)[:1]
    if sign and sign in _ANY_SIGN and sign not in _SIGNS.get(form.currency, _ANY_SIGN):
        text = _("is an amount in {sign}, the desk's are in {currency}: write what it is in {currency}")
        raise NotThat(text.format(sign=sign, currency=form.currency))
    return _number(cell, form)


def _moment(cell: Cell, field: Field, form: Format) -> Value:
    try:
        found = moment_of(cell, form.day, form.clock)
    except ValueError as error:
        raise NotThat(str(error)) from error
    if not 1900 <= found.year <= 2200:
        raise NotThat(_("is a date no order desk has seen"))
    return found.date() if field.type == "date" else found


def _span(cell: Cell, _field: Field, _form: Format) -> Value:
    """Read a length of time in seconds: 166, 2:46 and 0:02:46 are the same."""
    found = _SPAN.fullmatch(_unquoted(cell))
    if found is None or (found[2] and int(found[3]) > 59):
        raise NotThat(_("is no length of time like 166 (seconds) or 0:02:46"))
    hours, minutes, seconds = int(found[1] or 0), int(found[2] or 0), int(found[3])
    return (hours * 60 + minutes) * 60 + seconds


def _choice(cell: Cell, field: Field, _form: Format) -> Value:
    found = field.spelled.get(plain_name(text_of(cell)))
    if found is None:
        raise NotThat(_("is none of: {choices}").format(choices=word_list(field.choices)))
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
    "money": _money,
    "percent": _percent,
    "share": _share,
    "phone": _phone,
    "date": _moment,
    "moment": _moment,
    "span": _span,
    "choice": _choice,
    "yes": _yes,
}
