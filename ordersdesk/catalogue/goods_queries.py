"""What papers say of goods beside their names: brand, model, colour, and whether they are valuable (CAT-1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.store.bulk import chunks


@dataclass(frozen=True)
class Goods:
    """An item as papers describe it."""

    brand: str
    model: str
    colour: str
    valuable: bool


NO_GOODS = Goods("", "", "", valuable=False)


def goods_by_code(session: Session, codes: Collection[str]) -> dict[str, Goods]:
    """Return what there is to say of these items, by code."""
    found: dict[str, Goods] = {}
    for piece in chunks(sorted(set(codes))):
        rows = select(ITEM.c.code, ITEM.c.brand, ITEM.c.model, ITEM.c.colour, ITEM.c.valuable)
        for code, brand, model, colour, valuable in session.connection().execute(rows.where(ITEM.c.code.in_(piece))):
            found[code] = Goods(brand, model, colour, valuable=valuable)
    return found
