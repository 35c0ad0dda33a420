"""Reading an order from a file or from stdin."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.change_draft import parsed as parsed_change
from ordersdesk.orders.terms.draft import Draft, parsed

MOST_DIGITS = 30


def draft_from(file: str, *, today: date) -> Draft:
    """Read a draft; refused (ORD-1) naming what cannot be read.

    Without a key of its own the same file is one order a day, however often it is submitted (ORD-11).
    """
    raw = _bytes(file, rule="ORD-1")
    data = _json(file, raw, rule="ORD-1", schema="orders submit --schema")
    if isinstance(data, dict) and not data.get("key"):  # pyright: ignore[reportUnknownMemberType]
        made = hashlib.sha256(raw + today.isoformat().encode()).hexdigest()[:40]
        data = {**cast("dict[str, Any]", data), "key": f"file-{made}"}
    return parsed(data)


def change_from(file: str) -> Change:
    """Read a change of an order; refused (CHG-1) naming what cannot be read."""
    return parsed_change(_json(file, _bytes(file, rule="CHG-1"), rule="CHG-1", schema="orders change --schema"))


def _bytes(file: str, *, rule: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:  # a name with an impossible character is a ValueError
        raise _refused(rule, file, reason(error), _("Name a file that can be read, or - for stdin.")) from error


def _json(file: str, raw: bytes, *, rule: str, schema: str) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8-sig"), parse_float=_number, parse_int=lambda digits: int(_number(digits)),
            object_pairs_hook=_object,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        where = _("line {line}, column {column}: {reason}").format(
            line=error.lineno, column=error.colno, reason=error.msg
        )
        shows = _("`ordersdesk {command}` shows what is expected.").format(command=schema)
        raise _refused(rule, file, where, shows) from error
    except RecursionError as error:
        raise _refused(rule, file, _("it is nested too deep"), _("Write it flat.")) from error
    except _Twice as error:
        twice = _("“{key}” stands in it twice").format(key=shown(str(error))[:40])
        raise _refused(rule, file, twice, _("Say each thing once.")) from error
    except UnicodeDecodeError as error:
        raise _refused(rule, file, _("it is no UTF-8 text with JSON in it"), _("Write it as UTF-8.")) from error
    except ValueError as error:
        raise _refused(
            rule, file, _("it has a number far too large or too small"), _("Write an ordinary one.")
        ) from error


class _Twice(ValueError):
    """A key that stands twice in one object: which of the two is meant nobody knows."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _number(digits: str) -> Decimal:
    """Read a number; one with thousands of digits would keep whoever makes a whole number of it busy for hours."""
    number = Decimal(digits)
    if abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError(number)
    return number


def _refused(rule: str, file: str, reason: str, mend: str) -> Refused:
    name = "stdin" if file == "-" else file
    return Refused(
        rule, _("{file} cannot be read: {reason}.").format(file=name, reason=reason), mend=mend, field="file"
    )
