"""One way to change a customer: lock, write, find it by what it is now, record (CUS-1, CUS-2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Table, insert, select, update
from sqlmodel import Session

from ordersdesk.customers.model.indexing import keys, reindex
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record, stale
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

KIND = "customer"


def locked(desk: Desk, session: Session, customer_id: int, *, version: int | None) -> Any:
    """Take the next version of a customer and return its row; refused when somebody else took it, or it was merged."""
    same = CUSTOMER.c.id == customer_id
    if version is not None:
        same &= CUSTOMER.c.version == version
    stamps = {"version": CUSTOMER.c.version + 1, "changed_at": desk.now(), "changed_by": desk.user.login}
    result = session.connection().execute(update(CUSTOMER).where(same).values(**stamps))
    row = session.connection().execute(select(CUSTOMER).where(CUSTOMER.c.id == customer_id)).first()
    if row is None:
        raise Refused("CUS-1", _("There is no such customer."), mend=_("Look it up again."))
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise stale(row.number)
    if row.merged_into is not None:
        raise Refused(
            "CUS-5",
            _("{number} was merged into another customer.").format(number=row.number),
            mend=_("Look it up again."),
        )
    return row


def change(
    desk: Desk,
    session: Session,
    customer_id: int,
    work: Callable[[Any], Mapping[str, Any]],
    *,
    verb: str,
    version: int | None = None,
    rule: str = "CUS-1",
    note: str = "",
) -> None:
    """Do the work on a locked customer; what it returns stands on the timeline."""
    row = locked(desk, session, customer_id, version=version)
    before = keys(session, customer_id)
    details = work(row)
    reindex(desk, session, customer_id, before=before)
    record(desk, session, KIND, customer_id, verb, rule=rule, note=note, details=details)


def inserted(session: Session, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    result = cast("CursorResult[Any]", session.connection().execute(insert(table), row))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def told(value: Any) -> Any:
    """Return a value as the timeline keeps it."""
    return value if isinstance(value, bool | int | str | None) else str(value)
