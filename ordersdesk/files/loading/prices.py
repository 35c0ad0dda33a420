"""Prices out of a file (FIL-1, CAT-3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlmodel import Session

from ordersdesk.catalogue.actions import EDITORS
from ordersdesk.catalogue.prices.actions import set_prices_many
from ordersdesk.catalogue.prices.rows import PriceRow, read
from ordersdesk.catalogue.prices.writing import weighed
from ordersdesk.catalogue.writing import Taken
from ordersdesk.files.loading import references
from ordersdesk.files.loading.loads import Counts, Folded, Job, Roles, Told
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.refusals import Refused


@dataclass
class Prices:
    """Prices are set by what says which price it is: item, customer, quantity, first day."""

    ROLES: ClassVar[Roles] = EDITORS
    job: Job
    rows: Folded = field(init=False)
    good: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def __post_init__(self) -> None:
        self.rows = Folded(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.add(row, self.job.key(row.values))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Find items and customers, and check each price."""
        rows = [row for _key, row in self.rows]
        named = [str(row.values["customer"]) for row in rows if "customer" in row.values]
        parties = references.customers(session, self.job, named)
        values = [dict(row.values) for row in rows]
        for each in values:
            party = parties.get(str(each.get("customer", "")))
            if party:
                each["customer"] = party.number
        prices: list[PriceRow] = []
        for row, each, found in zip(rows, values, read(session, values), strict=True):
            if isinstance(found, Refused):
                self.job.refused(row.row, found, row.values)
            else:
                prices.append(found)
                self.good.append(each)
        taken = Taken()
        for piece in chunks(prices):
            taken += weighed(session, piece)
        return Counts(taken.added, taken.changed, taken.same, self.rows.repeats)

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.good)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Set the prices."""
        set_prices_many(desk, session, self.good, done=told)
