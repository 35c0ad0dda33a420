"""Exports of customers, items and orders; what names people needs a manager and is logged (FIL-2, USR-5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM, UNIT
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.files.mapping.kinds import KINDS
from ordersdesk.files.tables.writing import Value, write
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.promise.queries import outcomes_of

SLICE = 1000  # records in memory at once
Record = dict[str, Any]


def export(desk: Desk, kind: str, path: Path, *, replace: bool = False) -> int:
    """Write all customers, items or orders of this desk to a file, under headers an import knows, and return the rows.

    Customers and orders name people: they need a manager, and the export is on record (USR-5).
    """
    found = EXPORTED.get(kind)
    if found is None:
        known = word_list(EXPORTED)
        raise Refused("FIL-2", _("“{kind}” cannot be exported.").format(kind=kind), mend=known, field="kind")
    if kind != "items":
        desk.needs(Role.MANAGER, Role.BRANCH_GM, doing=_("export customers or orders"))
        _log(desk, kind, path.name)
    fields = [field for field in KINDS[kind].fields if field.name not in _LEFT_OUT]
    with desk.reading() as session:
        rows = found(desk, session)
        more = _MORE.get(kind, {})
        names = [*(field.name for field in fields), *more]
        cells = ([_value(row.get(name)) for name in names] for row in rows)
        columns = [*(field.label for field in fields), *map(_, more.values())]
        return write(path, columns, cells, replace=replace)


_LEFT_OUT = {
    "phone2", "phone_as_note", "different", "discount", "order_state", "payment_state", "received", "refunded",
}  # fmt: skip
# What a reader wants to know and an import does not take.
_MORE = {
    "orders": {
        "customer_name": N_("Customer name"), "state": N_("State"), "total": N_("Order total"),
        "delivery": N_("Delivery"), "delivered": N_("Delivered"), "paid": N_("Paid"),
        "promised_on": N_("Promised"), "promised_part": N_("Part"), "promise_outcome": N_("Promise kept"),
    }
}  # fmt: skip


@action
def _log(desk: Desk, session: Session, kind: str, name: str) -> None:
    record(desk, session, "export", 0, "exported", rule="USR-5", note=kind, details={"file": name})


def _value(value: Any) -> Value:
    return None if value == "" else value


def _customers(desk: Desk, session: Session) -> Iterator[Record]:
    last = 0
    own = CUSTOMER.c.merged_into.is_(None)
    while rows := _part(session, select(CUSTOMER).where(own & (CUSTOMER.c.id > last)).order_by(CUSTOMER.c.id)):
        last = rows[-1]["id"]
        ids = [row["id"] for row in rows]
        contacts = _of(session, select(CONTACT).where(CONTACT.c.customer_id.in_(ids)).order_by(CONTACT.c.id.desc()))
        places = _of(session, select(ADDRESS).where(ADDRESS.c.customer_id.in_(ids)).order_by(ADDRESS.c.id.desc()))
        phones = _phones(session, ids)
        for row in rows:
            contact, place = contacts.get(row["id"], {}), places.get(row["id"], {})
            yield row | {
                "contact": contact.get("name"),
                "phone": phones.get(row["id"]),
                **{name: contact.get(name) for name in ("department", "email", "fax")},
                "address": place.get("text"),
                **{name: place.get(name) for name in ("district", "distance_km", "region", "city", "receiving_hours")},
            }


def _phones(session: Session, ids: list[int]) -> dict[int, str]:
    chosen = select(PHONE.c.customer_id, PHONE.c.typed).where(PHONE.c.customer_id.in_(ids)).order_by(PHONE.c.id)
    found: dict[int, dict[str, None]] = {}
    for owner, typed in session.connection().execute(chosen):
        found.setdefault(owner, {})[typed] = None
    return {owner: " / ".join(typed) for owner, typed in found.items()}


def _of(session: Session, statement: Any) -> dict[int, Record]:
    """Return each customer's first row."""
    return {row["customer_id"]: dict(row) for row in session.connection().execute(statement).mappings()}


def _part(session: Session, statement: Any) -> list[Record]:
    return [dict(row) for row in session.connection().execute(statement.limit(SLICE)).mappings()]


def _items(desk: Desk, session: Session) -> Iterator[Record]:
    last = 0
    while rows := _part(session, select(ITEM).where(ITEM.c.id > last).order_by(ITEM.c.id)):
        last = rows[-1]["id"]
        units = select(UNIT).where(UNIT.c.item_id.in_([row["id"] for row in rows])).order_by(UNIT.c.factor)
        packs: dict[int, list[str]] = {}
        for item_id, name, factor in session.connection().execute(units):
            packs.setdefault(item_id, []).append(f"{name}={factor}")
        for row in rows:
            yield row | {"packs": ";".join(packs.get(row["id"], ()))}


def _orders(desk: Desk, session: Session) -> Iterator[Record]:
    """Give one record a line, as an import takes them."""
    last = 0
    columns = [ORDER, CUSTOMER.c.number.label("customer")]
    orders = select(*columns).join(CUSTOMER, CUSTOMER.c.id == ORDER.c.customer_id).where(ORDER.c.branch == desk.branch)
    while heads := _part(session, orders.where(ORDER.c.id > last).order_by(ORDER.c.id)):
        last = heads[-1]["id"]
        chosen = select(LINE).where(LINE.c.order_id.in_([head["id"] for head in heads]))
        lines: dict[int, list[Record]] = {}
        for row in session.connection().execute(chosen.order_by(LINE.c.order_id, LINE.c.position)).mappings():
            lines.setdefault(row["order_id"], []).append(dict(row))
        outcomes = outcomes_of(session, list(lines))
        for head in heads:
            at = head["created_at"].astimezone(desk.zone)
            for line in lines.get(head["id"], ()):
                yield head | line | {"number": head["number"], "date": at, "item": line["code"],
                                     "item_name": line["name"], "note": head["note"], "line_note": line["note"],
                                     "delivery_date": head["wished_on"],
                                     "promise_outcome": outcomes.get(head["id"])}  # fmt: skip


def count(desk: Desk, kind: str) -> int:
    """Return how many records an export will hold, for a progress bar."""
    table = {"customers": CUSTOMER, "items": ITEM, "orders": ORDER}[kind]
    with desk.reading() as session:
        return int(session.connection().execute(select(func.count()).select_from(table)).scalar_one())


EXPORTED: dict[str, Callable[[Desk, Session], Iterator[Record]]] = {
    "customers": _customers,
    "items": _items,
    "orders": _orders,
}
