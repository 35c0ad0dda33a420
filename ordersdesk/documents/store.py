"""One store for every kind of document: read, list, begin and step, from the table and the flow alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Table, select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import (
    Document,
    Happening,
    Held,
    advance,
    begin,
    next_number,
    table_of,
    timeline,
)
from ordersdesk.foundation.flow import Flow
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused

D = TypeVar("D", bound=Document)
SHOWN = 40  # characters of a number somebody typed that a refusal repeats
MOST = 200  # documents of a list that says nothing else


class Store(Generic[D]):
    """The documents of one kind; what is read are records of their own: writing goes through `begin` and `step`.

    Paths that run for every key or every order keep prepared statements of their own.
    """

    def __init__(
        self,
        flow: Flow,
        model: type[D],
        *,
        rule: str = "ORD-16",
        mend: str = N_("Type its whole number."),
    ) -> None:
        self.flow = flow
        self.model = model
        self._rule, self._mend = rule, mend

    @property
    def table(self) -> Table:
        """The Core table, for conditions of a list."""
        return table_of(self.model)

    # --- reading

    def get(self, session: Session, document_id: int) -> D:
        """Return one by its id; one that is not there is a bug, not a refusal."""
        return self._one(session.connection().execute(select(self.table).where(self.table.c.id == document_id)).one())

    def by_number(self, desk: Desk, session: Session, number: str, *, lock: bool = False) -> D:
        """Return one of this branch by its number; refused by the kind's rule when there is none.

        With `lock`, whoever else changes it waits.
        """
        mine = (self.table.c.branch == desk.branch) & (self.table.c.number == number.strip().upper())
        chosen = select(self.table).where(mine)
        row = session.connection().execute(chosen.with_for_update() if lock else chosen).first()
        if row is None:
            said = _("There is no {kind} {number}.").format(kind=_(self.flow.title), number=number[:SHOWN])
            raise Refused(self._rule, said, mend=_(self._mend), field="number")
        return self._one(row)

    def read(self, desk: Desk, number: str) -> D:
        """Do the same in a session of its own."""
        with desk.reading() as session:
            return self.by_number(desk, session, number)

    def find(self, session: Session, *where: ColumnElement[bool], newest: bool = False, limit: int = MOST) -> list[D]:
        """Return those that meet every condition, oldest first."""
        order = self.table.c.id.desc() if newest else self.table.c.id
        rows = session.connection().execute(select(self.table).where(*where).order_by(order).limit(limit))
        return [self._one(row) for row in rows]

    def listed(self, desk: Desk, *where: ColumnElement[bool], newest: bool = False, limit: int = MOST) -> list[D]:
        """Do the same for this branch, in a session of its own."""
        with desk.reading() as session:
            return self.find(session, self.table.c.branch == desk.branch, *where, newest=newest, limit=limit)

    def story(self, session: Session, document: D) -> list[Happening]:
        """Return the timeline of one, oldest first."""
        return timeline(session, self.flow.kind, document.id)

    def _one(self, row: Any) -> D:
        return self.model(**cast("Mapping[str, Any]", row._mapping))

    # --- writing, inside the caller's transaction

    def begin(
        self,
        desk: Desk,
        session: Session,
        values: Mapping[str, Any],
        *,
        path: Sequence[tuple[str, str]] = (),
        note: str = "",
    ) -> D:
        """Give the next number, write a new document and its timeline, and return it; `path` as in `begin`."""
        numbered = {"number": next_number(desk, session, self.flow), **values}
        return self.get(session, begin(desk, session, self.flow, self.model, numbered, path=path, note=note))

    def step(
        self,
        desk: Desk,
        session: Session,
        document: D,
        verb: str,
        *,
        to: str = "",
        changes: Mapping[str, Any] | None = None,
        note: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> D:
        """Take one a step along its flow and return it as it is then; refused as `advance` does."""
        held = Held(document.id, document.number or "", document.state, document.version)
        advance(
            desk, session, self.flow, self.model, held, verb, to=to, changes=changes, note=note, details=details
        )  # fmt: skip
        return self.get(session, held.id)
