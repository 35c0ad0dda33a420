"""Reads of the catalogue: by anything an agent hears, and as an order needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session

from ordersdesk.catalogue.particulars import code_key
from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.tables import Item, ItemTerm, ItemUnit
from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import table_of
from ordersdesk.foundation.language import _
from ordersdesk.foundation.lookup import SCANNED, Searched, finding
from ordersdesk.foundation.refusals import Refused

__all__ = ["ITEM", "TERM", "UNIT", "Found", "equivalents", "find", "find_within", "item", "prices_for", "wares"]

ITEM, UNIT, TERM = table_of(Item), table_of(ItemUnit), table_of(ItemTerm)
SHOWN = 20  # results of one look-up
_WARE = (
    ITEM.c.id, ITEM.c.code, ITEM.c.mnemonic, ITEM.c.barcode, ITEM.c.name, ITEM.c.name_en, ITEM.c.spec, ITEM.c.unit,
    ITEM.c.list_price, ITEM.c.listing, ITEM.c.purchase_limit, ITEM.c.valuable, ITEM.c.discontinued, ITEM.c.replacement,
)  # fmt: skip


def wares(session: Session, typed: Collection[str]) -> dict[str, Ware]:
    """Return items by what was typed, in capitals: code, else bar code, else a mnemonic only one item has."""
    wanted = sorted({code_key(text) for text in typed} - {""})
    chosen = or_(*(column.in_(wanted) for column in (ITEM.c.code, ITEM.c.barcode, ITEM.c.mnemonic)))
    found = _wares(session, chosen) if wanted else []
    answers = {key: _meant(key, found) for key in wanted}
    return {key: ware for key, ware in answers.items() if ware is not None}


def _wares(session: Session, chosen: ColumnElement[bool]) -> list[Ware]:
    connection = session.connection()
    rows = connection.execute(select(*_WARE).where(chosen)).all()
    units: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    packs = select(UNIT.c.item_id, UNIT.c.name, UNIT.c.factor).where(UNIT.c.item_id.in_(list(units)))
    for item_id, name, factor in connection.execute(packs) if units else ():
        units[item_id][name] = factor
    return [Ware(*row, units=units[row.id]) for row in rows]


def _meant(key: str, found: list[Ware]) -> Ware | None:
    for same in (
        [ware for ware in found if ware.code == key],
        [ware for ware in found if ware.barcode == key],
        [ware for ware in found if ware.mnemonic == key],
    ):
        if len(same) == 1:
            return same[0]
    return None


_FOUND = (
    ITEM.c.id, ITEM.c.code, ITEM.c.mnemonic, ITEM.c.barcode, ITEM.c.name, ITEM.c.name_en, ITEM.c.brand, ITEM.c.spec,
    ITEM.c.unit, ITEM.c.list_price, ITEM.c.listing, ITEM.c.discontinued, ITEM.c.replacement, ITEM.c.equivalents,
)  # fmt: skip
_SEARCHED = Searched(TERM, ITEM, ITEM.c.found_by)


@dataclass(frozen=True)
class Found:
    """An item of a result list, and why it is there: code, barcode, mnemonic, name, brand, spec…"""

    id: int
    code: str
    mnemonic: str
    barcode: str
    name: str
    name_en: str
    brand: str
    spec: str
    unit: str
    list_price: Decimal
    listing: str
    discontinued: bool
    replacement: str
    equivalents: str
    why: str = ""


def find(desk: Desk, text: str, *, limit: int = SHOWN) -> list[Found]:
    """Return items by anything an agent hears (CAT-2): what is exact first, what is discontinued last."""
    with desk.reading() as session:
        return find_within(session, text, limit=limit)


def find_within(session: Session, text: str, *, limit: int = SHOWN) -> list[Found]:
    """Do the same inside the caller's session."""
    exact = {ware.id: why for ware, why in _exact(session, text)}
    hits = finding(session, _SEARCHED, text) if len(exact) < limit else []
    whys = exact | {hit.owner_id: hit.why for hit in hits if hit.owner_id not in exact}
    places = {item_id: place for place, item_id in enumerate(whys)}
    found = [replace(item, why=whys[item.id]) for item in _found(session, ITEM.c.id.in_(list(whys)))] if whys else []
    found.sort(key=lambda item: (item.id not in exact, item.discontinued, places[item.id]))
    return found[:limit]


def _exact(session: Session, text: str) -> list[tuple[Found, str]]:
    """Return the items whose code, bar code or mnemonic this is, in that order."""
    key = code_key(text)
    named = (("code", ITEM.c.code), ("barcode", ITEM.c.barcode), ("mnemonic", ITEM.c.mnemonic))
    found = _found(session, or_(*(column == key for _why, column in named))) if key else []
    pairs = [(item, next(why for why, _column in named if getattr(item, why) == key)) for item in found]
    return sorted(pairs, key=lambda pair: [why for why, _column in named].index(pair[1]))


def _found(session: Session, chosen: ColumnElement[bool]) -> list[Found]:
    return [Found(*row) for row in session.connection().execute(select(*_FOUND).where(chosen).limit(SCANNED))]


def equivalents(session: Session, item_id: int) -> list[Found]:
    """Return what can be sold instead (STK-4, STK-5): the same group, and the replacement of a discontinued item."""
    own = (
        session.connection().execute(select(ITEM.c.equivalents, ITEM.c.replacement).where(ITEM.c.id == item_id)).first()
    )
    if own is None:
        return []
    group = (ITEM.c.equivalents == own.equivalents) & (ITEM.c.equivalents != "")
    instead = (ITEM.c.code == own.replacement) & (ITEM.c.code != "")
    others = _found(session, or_(group, instead) & (ITEM.c.id != item_id) & ITEM.c.discontinued.is_(False))
    return sorted(others, key=lambda item: (item.code != own.replacement, item.code))


def item(desk: Desk, code: str) -> dict[str, Any]:
    """Return all particulars of an item with its packs; refused (CAT-2) when there is none."""
    key = code_key(code)
    with desk.reading() as session:
        row = session.connection().execute(select(ITEM).where(ITEM.c.code == key)).mappings().first()
        if row is None:
            raise Refused(
                "CAT-2",
                _("There is no item {code}.").format(code=code[:40]),
                mend=_("Look it up by name."),
                field="code",
            )
        packs = select(UNIT.c.name, UNIT.c.factor).where(UNIT.c.item_id == row["id"]).order_by(UNIT.c.factor)
        return {**row, "packs": {pack.name: pack.factor for pack in session.connection().execute(packs)}}
