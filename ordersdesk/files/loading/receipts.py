"""Goods received out of a file: each row is a receipt of its own, and orders that wait get theirs (FIL-1, STK-7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from sqlmodel import Session

from ordersdesk.files.loading.loads import Counts, Job, Roles, Told
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.fulfilment.receipt_actions import ROLES as RECEIVERS
from ordersdesk.orders.fulfilment.receipt_actions import Received, arrival, receive_within
from ordersdesk.stock.arriving_actions import received_before, refuse_again


@dataclass
class Receipts:
    """Every row counts, also when it looks like another: only a delivery note says that two mean the same."""

    ROLES: ClassVar[Roles] = RECEIVERS
    job: Job
    rows: list[Mapped] = field(default_factory=list[Mapped])
    good: list[Mapped] = field(default_factory=list[Mapped])
    received: list[Received] = field(default_factory=list[Received])

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.append(row)

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Find items and warehouses, and look whether a delivery note came before."""
        seen: set[tuple[int, str]] = set()
        for row in self.rows:
            try:
                self._check(session, row, seen)
            except Refused as refused:
                self.job.refused(row.row, refused, row.values)
            else:
                self.good.append(row)
        return Counts(new=len(self.good))

    def _check(self, session: Session, row: Mapped, seen: set[tuple[int, str]]) -> None:
        code, quantity, came_from, note = _said(row)
        came = arrival(self.job.desk, session, code, quantity, came_from=came_from, note=note)
        refuse_again(session, came.ware.id, came.here.id, came.paper)
        if came.paper and (came.ware.id, came.paper) in seen:
            raise received_before(came.paper)
        seen.add((came.ware.id, came.paper))

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.good)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Receive row by row, in the order of the file."""
        for done, row in enumerate(self.good, 1):
            code, quantity, came_from, note = _said(row)
            try:
                received = receive_within(desk, session, code, quantity, came_from=came_from, note=note)
            except Refused as refused:
                said = _("Row {row}: {problem}").format(row=row.row, problem=refused.message)
                raise Refused(refused.rule, said, mend=refused.mend, field=refused.field) from refused
            self.received.append(received)
            told(done)


def _said(row: Mapped) -> tuple[str, str, str, str]:
    values = (row.values.get(name) for name in ("code", "quantity", "from", "note"))
    code, quantity, came_from, note = ("" if value is None else str(value) for value in values)
    return code, quantity, came_from, note
