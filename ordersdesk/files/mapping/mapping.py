"""Mapping files: which column of a foreign table is which field of ours, and how it is written (FIL-1)."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from ordersdesk.files.mapping.fields import Field, Kind, plain_name
from ordersdesk.files.mapping.joining import Join
from ordersdesk.files.mapping.kinds import KINDS
from ordersdesk.files.mapping.skipping import Skip
from ordersdesk.files.tables.reading import Sheet, read
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown


@dataclass(frozen=True)
class Entry:
    """Where one field comes from: a column, a template of columns, or a constant; and how it is written."""

    field: Field
    template: str = ""
    constant: str = ""
    default: str = ""
    format: str = ""
    decimal: str = "."
    values: Table[str, str] | None = None
    otherwise: str | None = None
    take: re.Pattern[str] | None = None
    carry: str = ""

    def columns(self) -> list[str]:
        """Return the columns it reads."""
        return re.findall(r"{([^{}]+)}", self.template)


@dataclass(frozen=True)
class Mapping:
    """How the rows of one kind of file become records of ours."""

    kind: Kind
    name: str
    source: str = ""
    key: tuple[str, ...] = ()
    repeated: str = "refuse"
    sheet: str | None = None
    header: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    zone: tzinfo | None = None
    short_rows: bool = False
    empty: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()
    skips: tuple[Skip, ...] = ()
    join: Join | None = None
    is_written: bool = False
    """Somebody wrote it down: every field in it is meant."""

    def opened(self, path: Path | str, sheet: str | None = None, *, encoding: str | None = None) -> Sheet:
        """Open a file the way this mapping says."""
        return read(
            path,
            sheet or self.sheet,
            header=self.header,
            encoding=encoding or self.encoding,
            delimiter=self.delimiter,
            short_rows=self.short_rows,
        )

    def fitted(self, sheet: Sheet) -> Mapping:
        """Return the mapping checked against the columns of a sheet; one without entries finds its own columns."""
        if not self.entries:
            return _by_headers(self, sheet)
        for entry in self.entries:
            for column in entry.columns():
                _needs_column(self, sheet, f"fields.{entry.field.name}", column)
        for skip in self.skips:
            _needs_column(self, sheet, "skip", skip.column)
        return self

    def columns(self) -> set[str]:
        """Return the columns it reads."""
        return {column for entry in self.entries for column in entry.columns()} | {skip.column for skip in self.skips}

    def fields(self) -> set[str]:
        """Return the names of the fields it fills."""
        return {entry.field.name for entry in self.entries}


def default(kind: str) -> Mapping:
    """Return the mapping of a table whose headers already are ours, in English or Chinese."""
    return Mapping(KINDS[kind], _("the headers"), key=KINDS[kind].key)


def _needs_column(mapping: Mapping, sheet: Sheet, place: str, column: str) -> None:
    if column not in sheet.columns:
        why = _("the table has no column “{column}”; it has: {columns}")
        raise wrong_mapping(mapping.name, place, why.format(column=column, columns=word_list(sheet.columns)))


def _by_headers(mapping: Mapping, sheet: Sheet) -> Mapping:
    taken: set[str] = set()
    entries: list[Entry] = []
    # A field's own name wins over the other headers it is known under.
    for field in mapping.kind.fields:
        free = [column for column in sheet.columns if column not in taken and field.is_named(column)]
        best = next((column for column in free if plain_name(column) == plain_name(field.name)), None)
        if column := best or (free[0] if free else None):
            taken.add(column)
            entries.append(Entry(field, template="{" + column + "}"))
    found = {entry.field.name for entry in entries}
    missing = [field.label for field in mapping.kind.fields if field.required and field.name not in found]
    if missing:
        raise _no_column(missing, sheet)
    return replace(mapping, entries=tuple(entries))


def _no_column(missing: Sequence[str], sheet: Sheet) -> Refused:
    told = _("The table has no column for: {fields}. It has: {columns}.")
    mend = _("Name the columns like that, or give a mapping file (--mapping).")
    if sheet.encoding and not all(column.isascii() for column in sheet.columns):
        mend = _("Name the columns like that, or give a mapping file (--mapping). If the names above make no sense, "
                 "the file is not in {encoding}: say which encoding it is in (--encoding big5).")  # fmt: skip
        mend = mend.format(encoding=sheet.encoding)
    message = told.format(fields=word_list(missing), columns=shown(word_list(sheet.columns))[:400])
    return Refused("FIL-1", message, mend=mend, field="mapping")


def wrong_mapping(name: str, place: str, why: str) -> Refused:
    """Return the refusal (FIL-1) of a mapping file, naming the entry."""
    entry = _("the entry “{place}”").format(place=place) if place else _("the file")
    message = _("Mapping {name}: {entry} is wrong: {why}.").format(name=name, entry=entry, why=why)
    return Refused("FIL-1", message, mend=_("Mend the mapping file."), field=place or "mapping")
