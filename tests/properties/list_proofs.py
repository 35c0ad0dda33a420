"""Every open document stands on the list of somebody who works here (ORD-16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.inbox_queries import INBOX, Waiting
from ordersdesk.kinds import KINDS

Row = Mapping[str, Any]
# Where a document is over; all other states are somebody's business.
OVER = {
    "call": ("ended",),
    "order": ("closed", "cancelled"),
    "change": ("applied", "denied", "withdrawn"),
    "credit": ("granted", "denied", "withdrawn"),
    "approval": ("granted", "denied", "withdrawn"),
    "slip": ("delivered", "refused", "failed", "void"),
    "route": ("back", "void"),
    "exception": ("closed", "settled"),
}
ON_SLIPS = ("made", "printed", "picked", "loaded")


def prove_listed(connection: Connection, desk: Desk, users: Mapping[str, Row]) -> None:
    """Each document that is not over is on a list, and somebody who works here reads that list."""
    roles = {role for user in users.values() if user["is_active"] for role in user["roles"]}
    read = [one for one in INBOX if one.roles & roles]
    for kind, over in OVER.items():
        table = table_of(KINDS[kind].table)
        open_ = {row["id"]: row for row in _rows(connection, select(table).where(table.c.state.not_in(over)))}
        for one in (one for one in read if one.kind == kind):
            if not open_:
                break
            for id_ in _listed(connection, desk, one) & set(open_):
                del open_[id_]
        left = [row for row in open_.values() if not _by_another(connection, kind, row)]
        assert left == [], ("on nobody's list", left)


def _listed(connection: Connection, desk: Desk, one: Waiting) -> set[int]:
    table = table_of(KINDS[one.kind].table)
    chosen = table.c.state.in_(one.states)
    chosen = chosen & one.only(desk, table) if one.only else chosen
    return set(connection.execute(select(table.c.id).where(chosen)).scalars())


def _by_another(connection: Connection, kind: str, row: Row) -> bool:
    """Tell whether another document speaks for this one: an order's slip, the yes that comes before a later one."""
    if kind == "order" and row["state"] == "confirmed":
        slip = table_of(KINDS["slip"].table)
        mine = select(slip.c.id).where(slip.c.order_id == row["id"], slip.c.state.in_(ON_SLIPS))
        return connection.execute(mine).first() is not None
    if kind == "approval" and row["state"] == "later":
        other = table_of(KINDS["approval"].table)
        same = (other.c.subject == row["subject"]) & (other.c.document_id == row["document_id"])
        return connection.execute(select(other.c.id).where(same, other.c.state == "waiting")).first() is not None
    return False


def _rows(connection: Connection, chosen: Any) -> Iterator[Row]:
    return (dict(row) for row in connection.execute(chosen).mappings())
