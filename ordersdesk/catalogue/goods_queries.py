"""What papers say of goods as the books have them today."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.store.bulk import chunks


def any_valuable(session: Session, codes: Collection[str]) -> bool:
    """Tell whether any of these items is valuable: it is packed with care, and insured (DLV-6)."""
    dear = select(ITEM.c.id).where(ITEM.c.valuable).limit(1)
    found = (
        session.connection().execute(dear.where(ITEM.c.code.in_(part))).first() for part in chunks(sorted(set(codes)))
    )
    return any(found)
