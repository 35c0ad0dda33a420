"""Reads of the catalogue: by anything an agent hears, and as an order needs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import or_, select
from sqlmodel import Session

from ordersdesk.catalogue.tables import Item, ItemUnit
from ordersdesk.foundation.documents import table_of

ITEM, UNIT = table_of(Item), table_of(ItemUnit)


@dataclass(frozen=True)
class Ware:
    """An item as the lines of an order need it."""

    id: int
    code: str
    mnemonic: str
    barcode: str
    name: str
    name_en: str
    spec: str
    unit: str
    list_price: Decimal
    listing: str
    purchase_limit: int
    valuable: bool
    discontinued: bool
    replacement: str
    units: Mapping[str, int] = field(default_factory=dict[str, int])


_WARE = (
    ITEM.c.id, ITEM.c.code, ITEM.c.mnemonic, ITEM.c.barcode, ITEM.c.name, ITEM.c.name_en, ITEM.c.spec, ITEM.c.unit,
    ITEM.c.list_price, ITEM.c.listing, ITEM.c.purchase_limit, ITEM.c.valuable, ITEM.c.discontinued, ITEM.c.replacement,
)  # fmt: skip


def wares(session: Session, typed: Collection[str]) -> dict[str, Ware]:
    """Return items by exactly what was typed: code, else bar code, else a mnemonic only one item has."""
    wanted = {text.strip().upper(): text for text in typed if text.strip()}
    chosen = or_(*(column.in_(list(wanted)) for column in (ITEM.c.code, ITEM.c.barcode, ITEM.c.mnemonic)))
    rows = session.execute(select(*_WARE).where(chosen)).all() if wanted else []
    units: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    for item_id, name, factor in session.execute(select(UNIT).where(UNIT.c.item_id.in_(list(units)))) if units else ():
        units[item_id][name] = factor
    found = [Ware(*row, units=units[row.id]) for row in rows]
    answers = {text: _meant(key, found) for key, text in wanted.items()}
    return {text: ware for text, ware in answers.items() if ware is not None}


def _meant(key: str, found: list[Ware]) -> Ware | None:
    for same in (
        [ware for ware in found if ware.code == key],
        [ware for ware in found if ware.barcode == key],
        [ware for ware in found if ware.mnemonic == key],
    ):
        if len(same) == 1:
            return same[0]
    return None
