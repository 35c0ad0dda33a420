"""Prices as a file or a screen brings them: checked, with item and customer found (CAT-3, FIL-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.particulars import money, whole
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.codes import code
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused

LIST, AGREED, BREAK, PROMOTION = SORTS = ("list", "agreed", "break", "promotion")
CLASSES = ("key", "small")
NO_ITEM, NO_CUSTOMER = N_("There is no item {key}."), N_("There is no customer {key}.")


@dataclass(frozen=True)
class PriceRow:
    """One price to store; what its kind does not need is empty."""

    sort: str
    item_id: int
    price: Decimal
    customer_id: int = 0
    quantity: int = 0
    starts: date | None = None
    ends: date | None = None
    classes: tuple[str, ...] = ()
    cap: int = 0


def read(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[PriceRow | Refused]:
    """Return for every row its price or what is wrong with it, so that a dry run can list all problems."""
    items = _ids(session, "item", rows)
    customers = _ids(session, "customer", rows)
    return [_tried(row, items, customers) for row in rows]


def named(session: Session, row: Mapping[str, Any]) -> PriceRow:
    """Return which price a row means, whatever it costs; refused (CAT-3) when it says none that can be ended."""
    starts = row.get("start")
    sort = row.get("sort") or _meant(row)
    price = PriceRow(sort, _found(_ids(session, "item", [row]), "item", row, NO_ITEM), Decimal(0), starts=starts)
    if sort == AGREED:
        return replace(price, customer_id=_found(_ids(session, "customer", [row]), "customer", row, NO_CUSTOMER))
    if sort == BREAK:
        return replace(price, quantity=whole("quantity", row.get("quantity") or 0), starts=None)
    if sort != PROMOTION:
        raise _refused("sort", _("A list price is changed, not ended."))
    return price


def _tried(row: Mapping[str, Any], items: Mapping[str, int], customers: Mapping[str, int]) -> PriceRow | Refused:
    try:
        return _row(row, items, customers)
    except Refused as refused:
        return refused


def _row(row: Mapping[str, Any], items: Mapping[str, int], customers: Mapping[str, int]) -> PriceRow:
    sort = row.get("sort") or _meant(row)
    if sort not in SORTS:
        raise _not_among("sort", str(sort), SORTS)
    starts, ends = row.get("start"), row.get("end")
    if starts and ends and ends < starts:
        raise _refused("end", _("The price ends before it begins."))
    price = PriceRow(
        sort=sort,
        item_id=_found(items, "item", row, NO_ITEM),
        price=money("price", row.get("price")),
        starts=starts,
        ends=ends,
    )
    return _with_kind(price, row, customers)


def _with_kind(price: PriceRow, row: Mapping[str, Any], customers: Mapping[str, int]) -> PriceRow:
    """Add what only this kind of price has, and drop what it has not."""
    if price.sort != LIST and not price.price:
        raise _refused("price", _("A price of nought is none: nothing is sold for nothing."))
    if price.sort == AGREED:
        return replace(price, customer_id=_found(customers, "customer", row, NO_CUSTOMER))
    if price.sort == PROMOTION:
        if not price.starts or not price.ends:
            raise _refused("start", _("A promotion needs its first and its last day."))
        return replace(price, classes=_classes(row.get("classes") or ()), cap=whole("cap", row.get("cap") or 0))
    always = replace(price, starts=None, ends=None)
    if price.sort == LIST:
        return always
    quantity = whole("quantity", row.get("quantity") or 0)
    if quantity < 1:
        raise _refused("quantity", _("A quantity price begins at one piece or more."))
    return replace(always, quantity=quantity)


def _meant(row: Mapping[str, Any]) -> str:
    """Tell the kind of a price that does not say so by what else it has."""
    if row.get("customer"):
        return AGREED
    if row.get("quantity"):
        return BREAK
    return PROMOTION if row.get("start") or row.get("end") else LIST


def _classes(value: str | Iterable[str]) -> tuple[str, ...]:
    named = value.replace(",", " ").split() if isinstance(value, str) else list(value)
    for name in named:
        if name not in CLASSES:
            raise _not_among("classes", name, CLASSES)
    return tuple(sorted(set(named)))


def _found(ids: Mapping[str, int], field: str, row: Mapping[str, Any], text: str) -> int:
    key = code(str(row.get(field) or ""))
    if key not in ids:
        raise _refused(field, _(text).format(key=str(row.get(field) or "–")[:40]))
    return ids[key]


def _ids(session: Session, field: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Find all codes a file names; a merged customer is the one it went into (CUS-5)."""
    keys = sorted({code(str(row.get(field) or "")) for row in rows} - {""})
    table, column = (ITEM, ITEM.c.code) if field == "item" else (CUSTOMER, CUSTOMER.c.number)
    owner = table.c.id if field == "item" else CUSTOMER.c.merged_into
    found: dict[str, int] = {}
    for piece in chunks(keys):
        rows_found = session.connection().execute(select(column, table.c.id, owner).where(column.in_(piece)))
        found |= {key: merged or own for key, own, merged in rows_found}
    return found


def _not_among(field: str, value: str, known: Iterable[str]) -> Refused:
    return _refused(field, _("“{value}” is not among: {known}.").format(value=value[:40], known=word_list(known)))


def _refused(field: str, message: str) -> Refused:
    return Refused("CAT-3", message, mend=_("Correct it and try again."), field=field)
