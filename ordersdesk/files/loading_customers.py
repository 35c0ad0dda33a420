"""Customers out of a file (FIL-1, CUS-1…4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.customers.drafts import NewCustomer
from ordersdesk.customers.file_actions import Standing, set_standing, update_many
from ordersdesk.customers.import_actions import add_many, ready
from ordersdesk.customers.indexing import by_source
from ordersdesk.customers.queries import CUSTOMER
from ordersdesk.customers.rows import Prepared
from ordersdesk.customers.rules import EDITABLE
from ordersdesk.files.converting import Value
from ordersdesk.files.loads import Counts, Folded, Job, Key, Told
from ordersdesk.files.references import by_number
from ordersdesk.files.rows import Bad, Mapped
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role

ROLES = (Role.MANAGER, Role.BRANCH_GM, Role.ADMIN)
_OWN = frozenset(name for name in NewCustomer.__dataclass_fields__ if name not in ("source", "phone"))


@dataclass
class Customers:
    """New customers are added; those the file calls by our own number are changed; those it brought before stay."""

    job: Job
    rows: Folded = field(init=False)
    new: list[tuple[Prepared, Standing]] = field(default_factory=list[tuple[Prepared, Standing]])
    changed: list[tuple[int, dict[str, Any]]] = field(default_factory=list[tuple[int, dict[str, Any]]])

    def __post_init__(self) -> None:
        self.job.desk.needs(*ROLES)
        self.rows = Folded(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.add(row, self._key(row.values))

    def _key(self, values: Mapping[str, Value]) -> Key:
        key = self.job.key(values)
        # Without a number in the file, name, phone and address say which customer it is.
        return key if any(key) else tuple(str(values.get(name, "")) for name in ("name", "phone", "address"))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Tell new customers from known ones and check what each brings."""
        sources = {key: self.job.source(key) for key, _row in self.rows}
        brought = by_source(session, list(sources.values()))
        ours = {} if self.job.fit.source else self._ours(session)
        same = 0
        for key, row in self.rows:
            if sources[key] in brought:
                same += 1
            elif (number := str(row.values.get("number", "")).upper()) in ours:
                same += self._compared(row, ours[number])
            else:
                self._prepared(row, sources[key])
        return Counts(len(self.new), len(self.changed), same, self.rows.repeats)

    def _ours(self, session: Session) -> dict[str, dict[str, Any]]:
        numbers = [str(row.values["number"]).upper() for _key, row in self.rows if "number" in row.values]
        ids = {party.id: number for number, party in by_number(session, numbers).items()}
        columns = [CUSTOMER.c[name] for name in ("id", *sorted(EDITABLE), "overdue", "blocked")]
        found: dict[str, dict[str, Any]] = {}
        held = list(ids)
        for start in range(0, len(held), 500):
            rows = session.connection().execute(select(*columns).where(CUSTOMER.c.id.in_(held[start : start + 500])))
            found.update((ids[row["id"]], dict(row)) for row in rows.mappings())
        return found

    def _compared(self, row: Mapped, before: Mapping[str, Any]) -> int:
        names = [name for name in row.values if name in EDITABLE or name in ("overdue", "blocked")]
        changes = {name: row.values[name] for name in names if row.values[name] != before[name]}
        if not changes:
            return 1
        self.changed.append((before["id"], changes))
        return 0

    def _prepared(self, row: Mapped, source: str) -> None:
        values = row.values
        phones = [str(values[name]) for name in ("phone", "phone2") if name in values]
        own: dict[str, Any] = {name: value for name, value in values.items() if name in _OWN}
        own |= {"source": source[:500], "phone": " / ".join(phones), "address_route": str(values.get("route", ""))}
        try:
            made = ready(self.job.desk, NewCustomer(**own))
        except Refused as refused:
            self.job.refused(row.row, refused, values)
            return
        overdue = values.get("overdue")
        standing = Standing(overdue if isinstance(overdue, Decimal) else Decimal(0), str(values.get("blocked", "")))
        self.new.append((made, standing))

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.new) + len(self.changed)

    def write(self, session: Session, told: Told) -> None:
        """Add the new customers and change the known ones."""
        desk = self.job.desk
        ids = add_many(desk, session, [made for made, _standing in self.new], told=lambda done: void(told(done)))
        pairs = zip(ids, (standing for _made, standing in self.new), strict=True)
        set_standing(session, {id_: standing for id_, standing in pairs if standing.is_bad})
        update_many(desk, session, self.changed)
        told(self.size())


def void(_result: object) -> None:
    """Drop what a progress callback returns."""
