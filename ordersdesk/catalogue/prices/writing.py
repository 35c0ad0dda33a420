"""Writing prices: what is new, what differs; everything else stays untouched (CAT-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, ColumnElement, CursorResult, Table, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from ordersdesk.catalogue.price_queries import AGREED, BREAK, PROMOTION
from ordersdesk.catalogue.prices import rows as price_rows
from ordersdesk.catalogue.prices.rows import PriceRow
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.catalogue.writing import KIND, Taken
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record_many
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused

PRICE_SET, PRICE_ENDED = N_("price set"), N_("price ended")
Values = dict[str, Any]
Key = tuple[Any, ...]


class Sort(NamedTuple):
    """How one kind of price is stored: what identifies it, what it says, and which columns find its row."""

    table: Table
    keys: tuple[str, ...]
    says: tuple[str, ...]
    row: tuple[str, ...]
    values: Callable[[PriceRow], Values]


def _list(price: PriceRow) -> Values:
    return {"id": price.item_id, "list_price": price.price}


def _agreed(price: PriceRow) -> Values:
    named = {"customer_id": price.customer_id, "item_id": price.item_id, "starts": price.starts}
    return {**named, "ends": price.ends, "price": price.price}


def _break(price: PriceRow) -> Values:
    return {"item_id": price.item_id, "from_quantity": price.quantity, "price": price.price}


def _promotion(price: PriceRow) -> Values:
    named = {"item_id": price.item_id, "starts": price.starts, "code": ""}
    return {**named, "ends": price.ends, "price": price.price, "classes": list(price.classes), "cap": price.cap}


SORTS = {
    price_rows.LIST: Sort(ITEM, ("id",), ("list_price",), ("id",), _list),
    price_rows.AGREED: Sort(AGREED, ("customer_id", "item_id", "starts"), ("ends", "price"), ("id",), _agreed),
    price_rows.BREAK: Sort(BREAK, ("item_id", "from_quantity"), ("price",), ("item_id", "from_quantity"), _break),
    price_rows.PROMOTION: Sort(
        PROMOTION, ("item_id", "starts"), ("ends", "price", "classes", "cap"), ("id",), _promotion
    ),
}


def store(desk: Desk, session: Session, prices: Sequence[PriceRow]) -> Taken:
    """Store at most a chunk of prices, each told on its item's story; of two for the same thing the later counts."""
    locked = select(ITEM.c.id).where(ITEM.c.id.in_({price.item_id for price in prices})).order_by(ITEM.c.id)
    session.connection().execute(locked.with_for_update()).all()  # who prices the same goods takes turns
    taken = Taken()
    for name, sort in SORTS.items():
        rows = [sort.values(price) for price in prices if price.sort == name]
        if rows:
            taken += _synced(desk, session, sort, {_key(sort, row): row for row in rows})
    return taken


def _key(sort: Sort, row: Mapping[Any, Any]) -> Key:
    return tuple(row[name] for name in sort.keys)


def weighed(session: Session, prices: Sequence[PriceRow]) -> Taken:
    """Tell what `store` would do, for a dry run."""
    taken = Taken()
    for name, sort in SORTS.items():
        rows = [sort.values(price) for price in prices if price.sort == name]
        if rows:
            taken += _told_apart(session, sort, {_key(sort, row): row for row in rows}).taken
    return taken


class Apart(NamedTuple):
    """Rows told apart by what is stored."""

    new: list[Values]
    changed: list[tuple[Values, Values]]
    taken: Taken


def _told_apart(session: Session, sort: Sort, wanted: Mapping[Key, Values]) -> Apart:
    held = _held(session, sort, [row.get("item_id", row.get("id")) for row in wanted.values()])
    new = [row for key, row in wanted.items() if key not in held]
    both = [(held[key], row) for key, row in wanted.items() if key in held]
    changed = [(before, row) for before, row in both if any(before[name] != row[name] for name in sort.says)]
    return Apart(new, changed, Taken(added=len(new), changed=len(changed), same=len(both) - len(changed)))


def _synced(desk: Desk, session: Session, sort: Sort, wanted: Mapping[Key, Values]) -> Taken:
    found = _told_apart(session, sort, wanted)
    if found.new:
        session.connection().execute(insert(sort.table), found.new)
    if found.changed:
        _update(session, sort, found.changed)
    pairs = [(None, after) for after in found.new] + [*found.changed]
    told = [(_item(after), PRICE_SET, _told(sort, before, after)) for before, after in pairs]
    record_many(desk, session, KIND, told, rule="CAT-6")
    return found.taken


def meant(session: Session, which: PriceRow, last: date) -> PriceRow:
    """Return the price a customer's is meant by without its first day: the only one that still stands after a day."""
    if which.sort != price_rows.AGREED or which.starts is not None:
        return which
    theirs = (AGREED.c.customer_id == which.customer_id, AGREED.c.item_id == which.item_id)
    found = session.connection().execute(select(AGREED.c.starts).where(*theirs, _stands(AGREED, last))).scalars().all()
    if len(found) > 1 and None not in found:
        raise Refused(
            "CAT-3",
            _("{count} prices are agreed with this customer.").format(count=len(found)),
            mend=_("Say the first day of the one that ends."),
            field="start",
        )
    return replace(which, starts=found[0]) if len(found) == 1 else which


def _stands(table: Table, last: date) -> ColumnElement[bool]:
    return or_(table.c.ends.is_(None), table.c.ends > last)


def ended(desk: Desk, session: Session, which: PriceRow, last: date) -> bool:
    """End one price after a day and tell its item's story; False when there is none that still stands by then."""
    sort = SORTS[which.sort]
    values = sort.values(which)
    same = [_is(sort.table.c[name], values[name]) for name in sort.keys]
    if which.sort == price_rows.BREAK:
        done = session.connection().execute(delete(sort.table).where(*same))
    else:
        stands = update(sort.table).where(*same, _stands(sort.table, last))
        done = session.connection().execute(stands.values(ends=last))
    if cast("CursorResult[Any]", done).rowcount < 1:
        return False
    told = {name: said(values[name]) for name in sort.keys if name != "item_id"} | {"ends": ["", str(last)]}
    record_many(desk, session, KIND, [(which.item_id, PRICE_ENDED, told)], rule="CAT-6")
    return True


def _is(column: Column[Any], value: Any) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _item(row: Mapping[str, Any]) -> int:
    return row["item_id"] if "item_id" in row else row["id"]


def _told(sort: Sort, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the story of an item keeps of a price: which one it is, and what it says before and after."""
    which = {name: said(after[name]) for name in sort.keys if name not in ("id", "item_id")}
    moved = [name for name in sort.says if before is None or before[name] != after[name]]
    return which | {name: [said(before[name]) if before else "", said(after[name])] for name in moved}


def said(value: Any) -> Any:
    """Return a value of a price as a story keeps it."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in cast("list[object]", value))
    return value if isinstance(value, int) else "" if value is None else str(value)


def _held(session: Session, sort: Sort, item_ids: Sequence[Any]) -> dict[Key, Values]:
    columns = [sort.table.c[name] for name in dict.fromkeys((*sort.row, *sort.keys, *sort.says))]
    of_item = sort.table.c.id if sort.table is ITEM else sort.table.c.item_id
    rows = session.connection().execute(select(*columns).where(of_item.in_(sorted(set(item_ids))))).mappings()
    values = [{**row} for row in rows]
    return {_key(sort, row): row for row in values}


def _update(session: Session, sort: Sort, changed: Sequence[tuple[Values, Values]]) -> None:
    says: Values = {name: bindparam(f"new_{name}") for name in sort.says}
    if sort.table is ITEM:
        says["version"] = ITEM.c.version + 1
    same = [sort.table.c[name] == bindparam(f"row_{name}") for name in sort.row]
    rows = [
        {f"row_{name}": before[name] for name in sort.row} | {f"new_{name}": after[name] for name in sort.says}
        for before, after in changed
    ]
    session.connection().execute(update(sort.table).where(*same).values(**says), rows)
