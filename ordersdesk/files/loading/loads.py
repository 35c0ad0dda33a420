"""What every kind of import has in common: rows folded by their key, counts, and problems by row and column (FIL-1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Protocol

from sqlmodel import Session

from ordersdesk.files.mapping.converting import Value
from ordersdesk.files.mapping.mapping import Mapping as Fit
from ordersdesk.files.mapping.problems import Problem, Problems
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

Told = Callable[[int], object]
Key = tuple[str, ...]
Roles = Collection[Role]


@dataclass(frozen=True)
class Counts:
    """How many records a file brings: new, changed and known ones, rows that repeat another, and what differs."""

    new: int = 0
    changed: int = 0
    same: int = 0
    repeats: int = 0
    differs: int = 0
    """Known ones of which the file says something else, left as they are."""


@dataclass
class Job:
    """One import on its way: who does it, how the file is read, and what was wrong so far."""

    desk: Desk
    fit: Fit
    problems: Problems
    history: bool = False
    update: bool = False
    """What is known already is written anew where the file says otherwise."""
    sums: dict[str, dict[str, Decimal]] = field(default_factory=dict[str, dict[str, Decimal]])

    def column(self, name: str) -> str:
        """Return the file's column for one of our fields, or the field's own name."""
        for entry in self.fit.entries:
            if entry.field.name == name:
                return word_list(entry.columns()) or entry.field.label
        found = self.fit.kind.field(name)
        return found.label if found else name

    def problem(self, row: int, name: str, value: object, message: str, rule: str = "FIL-1") -> None:
        """Note what is wrong with one field of a row."""
        shown = "" if value is None else str(value)[:200]
        self.problems.add(Problem(row, self.column(name), shown, rule, message))

    def remark(self, row: int, name: str, value: object, message: str, rule: str = "FIL-1") -> None:
        """Note what is to be known of a row that can be taken all the same."""
        self.problems.remarks.add(Problem(row, self.column(name), str(value)[:200], rule, message))

    def differs(self, row: int, said: Mapping[str, tuple[str, str]]) -> None:
        """Note by field what the book holds and what the file says of something known."""
        message = _("differs from the book and will be written") if self.update else _("differs from the book")
        for name, (before, after) in said.items():
            self.remark(row, name, f"{before[:90]} → {after[:90]}", message)

    def clash(self, row: int, key: Key) -> None:
        """Note that rows of one key say different things: none of them is taken, since nobody knows which is right."""
        shown = " ".join(part for part in key if part)[:200]
        column = word_list(map(self.column, self.fit.key))
        message = _("other rows have the same key and other values: leave one of them")
        self.problems.add(Problem(row, column, shown, "FIL-1", message, key=shown))

    def refused(self, row: int, refused: Refused, values: Mapping[str, Value]) -> None:
        """Note what a room refused."""
        name = refused.field or self.fit.kind.key[0]
        self.problem(row, name, values.get(name, ""), refused.message, refused.rule)

    def source(self, key: Key) -> str:
        """Return the name a record of the file is remembered under, so that it comes in once."""
        return f"{self.fit.source or 'file'}:{'|'.join(key)}"

    def key(self, values: Mapping[str, Value]) -> Key:
        """Return what says that two rows mean the same thing."""
        return tuple("" if values.get(name) is None else str(values[name]) for name in self.fit.key)


class Load(Protocol):
    """One kind's way from mapped rows to stored records."""

    ROLES: ClassVar[Roles]
    """Who may bring such a file: proven before it is read and again when it is written (USR-2)."""

    def __init__(self, job: Job) -> None: ...

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        ...

    def spoil(self, row: Bad) -> None:
        """Hear of a bad row: what belongs to it cannot be taken either."""
        ...

    def check(self, session: Session) -> Counts:
        """Compare with what is stored, note problems, and count; nothing is written."""
        ...

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Write the good records in the caller's transaction, as whoever was proven in it."""
        ...

    def size(self) -> int:
        """Return how many records `write` will write."""
        ...


@dataclass
class Folded:
    """The rows of a file by key: one record each, whatever the file repeats."""

    job: Job
    records: dict[Key, Mapped] = field(default_factory=dict[Key, Mapped])
    repeated: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    clashed: set[Key] = field(default_factory=set[Key])

    @property
    def repeats(self) -> int:
        """How many good rows repeat another."""
        return sum(map(len, self.repeated.values()))

    def add(self, row: Mapped, key: Key) -> None:
        """Keep the row unless its key was met before; then the mapping says which of them stays, else none does."""
        before = self.records.get(key)
        if key in self.clashed:
            self.job.clash(row.row, key)
        elif before is None:
            self.records[key] = row
        elif self.job.fit.repeated != "refuse" or before.values == row.values:
            self.repeated.setdefault(key, []).append(row.row)
            if self.job.fit.repeated == "last":
                self.records[key] = row
        else:
            self.clashed.add(key)
            for each in (self.records.pop(key).row, *self.repeated.pop(key, ()), row.row):
                self.job.clash(each, key)

    def __iter__(self) -> Iterator[tuple[Key, Mapped]]:
        return iter(self.records.items())
