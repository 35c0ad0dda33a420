"""Reading a mapping file: TOML in, a checked `Mapping` out; what is wrong in it is refused by entry (FIL-1)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ordersdesk.files.mapping.fields import Kind
from ordersdesk.files.mapping.joining import Join
from ordersdesk.files.mapping.kinds import KINDS
from ordersdesk.files.mapping.mapping import Entry, Mapping, wrong_mapping
from ordersdesk.files.mapping.moments import spelled
from ordersdesk.files.mapping.skipping import CONDITIONS, Skip, tests_of
from ordersdesk.foundation.texts.language import _, word_list

REPEATED = ("refuse", "first", "last")
_TOP = {
    "kind": str,
    "source": str,
    "about": str,
    "key": list,
    "repeated": str,
    "file": dict,
    "fields": dict,
    "skip": list,
    "join": dict,
}
_FILE = {
    "sheet": str,
    "header": int,
    "encoding": str,
    "delimiter": str,
    "short_rows": bool,
    "empty": list,
    "decimal": str,
    "zone": str,
}
_JOIN = {"file": str, "on": str, "theirs": str, "sheet": str, "encoding": str}
_ENTRY = {
    "column": str,
    "template": str,
    "constant": (str, int, float, bool),
    "default": (str, int, float, bool),
    "format": str,
    "decimal": str,
    "values": dict,
    "otherwise": str,
    "take": str,
    "carry": str,
}


def load(path: Path, kind: str) -> Mapping:
    """Read a mapping file; refused (FIL-1) naming the entry that is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise wrong_mapping(path.name, "", _("it cannot be opened")) from error
    except RecursionError as error:
        raise wrong_mapping(path.name, "", _("it is nested too deep")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise wrong_mapping(path.name, "", _("it is no TOML: {reason}").format(reason=error)) from error
    return _built(path.name, table, kind)


def _built(name: str, table: dict[str, Any], kind: str) -> Mapping:
    _checked(name, "", table, _TOP)
    if table.get("kind", kind) != kind:
        raise wrong_mapping(name, "kind", _("it maps {theirs}, not {ours}").format(theirs=table["kind"], ours=kind))
    form: dict[str, Any] = table.get("file", {})
    _checked(name, "file", form, _FILE)
    fields: dict[str, Any] = table.get("fields", {})
    entries = tuple(_entry(name, KINDS[kind], field, said, form) for field, said in fields.items())
    missing = [f.name for f in KINDS[kind].fields if f.required and f.name not in fields]
    if missing:
        raise wrong_mapping(
            name, "fields", _("it does not say where to find: {fields}").format(fields=word_list(missing))
        )
    mapping = Mapping(
        KINDS[kind],
        name,
        source=table.get("source", ""),
        key=_key(name, table, KINDS[kind], fields),
        repeated=_one_of(name, "repeated", table.get("repeated", "refuse"), REPEATED),
        entries=entries,
        zone=_zone(name, form),
        join=_join(name, table),
        skips=tuple(_skips(name, table)),
        is_written=True,
    )
    kept = ("sheet", "header", "encoding", "delimiter", "short_rows")
    return replace(
        mapping,
        empty=frozenset(map(str, form.get("empty", ()))),
        **{key: value for key, value in form.items() if key in kept},
    )


def _key(name: str, table: dict[str, Any], kind: Kind, fields: dict[str, Any]) -> tuple[str, ...]:
    key = tuple(map(str, table.get("key", kind.key)))
    if "key" in table and (not key or not set(key) <= set(fields)):
        raise wrong_mapping(name, "key", _("it names a field that is not in [fields]"))
    return key


def _entry(name: str, kind: Kind, field_name: str, said: Any, form: dict[str, Any]) -> Entry:
    place = f"fields.{field_name}"
    field = kind.field(field_name)
    if field is None:
        known = word_list(each.name for each in kind.fields)
        raise wrong_mapping(name, place, _("there is no such field; there are: {known}").format(known=known))
    if isinstance(said, str):
        said = {"column": said}
    if not isinstance(said, dict):
        raise wrong_mapping(name, place, _("it is neither a column nor a table"))
    table = cast(dict[str, Any], said)
    _checked(name, place, table, _ENTRY)
    if len({"column", "template", "constant"} & set(table)) != 1:
        raise wrong_mapping(name, place, _("it needs one of column, template or constant"))
    template = "{" + table["column"] + "}" if "column" in table else table.get("template", "")
    if "template" in table and not re.search(r"{[^{}]+}", template):
        raise wrong_mapping(name, place, _("its template names no column in braces"))
    return Entry(
        field,
        template=template,
        constant=_word(table.get("constant", "")),
        default=_word(table.get("default", "")),
        format=_format(name, place, table.get("format", "")),
        decimal=_one_of(name, place, table.get("decimal", form.get("decimal", ".")), (".", ",")),
        values=_values(table),
        otherwise=table.get("otherwise"),
        take=_pattern(name, place, table),
        carry=table.get("carry", ""),
    )


def _format(name: str, place: str, said: str) -> str:
    try:
        return spelled(said)
    except ValueError as error:
        why = _("“{format}” is no format of a date: write it like YYYY-MM-DD, DD/MM/YY or %d.%m.%Y %H:%M")
        raise wrong_mapping(name, place, why.format(format=said[:40])) from error


def _join(name: str, table: dict[str, Any]) -> Join | None:
    if "join" not in table:
        return None
    said: dict[str, Any] = table["join"]
    _checked(name, "join", said, _JOIN)
    if "on" not in said or not said.keys() & {"file", "sheet"}:
        raise wrong_mapping(name, "join", _("it needs a file or a sheet, and the column it is joined on"))
    return Join(
        said.get("file", ""), said["on"], said.get("theirs", said["on"]), said.get("sheet"), said.get("encoding")
    )


def _zone(name: str, form: dict[str, Any]) -> ZoneInfo | None:
    try:
        return ZoneInfo(form["zone"]) if "zone" in form else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise wrong_mapping(name, "file.zone", _("it is no time zone such as Asia/Shanghai")) from error


def _values(table: dict[str, Any]) -> dict[str, str] | None:
    if "values" not in table:
        return None
    return {str(key).casefold(): _word(value) for key, value in table["values"].items()}


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _pattern(name: str, place: str, table: dict[str, Any]) -> re.Pattern[str] | None:
    if "take" not in table:
        return None
    try:
        pattern = re.compile(table["take"])
    except re.error as error:
        raise wrong_mapping(name, place, _("“take” is no pattern: {reason}").format(reason=error)) from error
    if pattern.groups != 1:
        raise wrong_mapping(name, place, _("“take” needs one group in brackets"))
    return pattern


def _skips(name: str, table: dict[str, Any]) -> list[Skip]:
    found: list[Skip] = []
    for place, said in enumerate(table.get("skip", ()), 1):
        where = f"skip.{place}"
        _checked(name, where, said, dict.fromkeys(("column", "reason", *CONDITIONS), object))
        if "column" not in said or "reason" not in said or len(said) < 3:
            raise wrong_mapping(
                name,
                where,
                _("it needs a column, a reason and a condition: {known}").format(known=word_list(CONDITIONS)),
            )
        try:
            tests = tests_of(said)
        except (ArithmeticError, re.error) as error:
            raise wrong_mapping(name, where, _("its condition cannot be read")) from error
        found.append(Skip(said["column"], said["reason"], lambda text, tests=tests: all(test(text) for test in tests)))
    return found


def _checked(name: str, place: str, table: Any, allowed: Table[str, Any]) -> None:
    if not isinstance(table, dict):
        raise wrong_mapping(name, place, _("it is no table"))
    for key, value in cast(dict[str, Any], table).items():
        entry = f"{place}.{key}" if place else key
        if key not in allowed:
            raise wrong_mapping(
                name, entry, _("there is no such entry; there are: {known}").format(known=word_list(allowed))
            )
        if not isinstance(value, allowed[key]) or (isinstance(value, bool) and allowed[key] is int):
            raise wrong_mapping(name, entry, _("its value is of the wrong kind"))


def _one_of(name: str, place: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise wrong_mapping(name, place, _("it may be: {allowed}").format(allowed=" ".join(allowed)))
    return value
