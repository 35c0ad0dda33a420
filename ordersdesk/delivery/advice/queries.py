"""Whom nobody told that the goods left, and which signed receipts are not back (SLP-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from ordersdesk.delivery.model.queries import SLIP
from ordersdesk.delivery.routes.queries import SHEET
from ordersdesk.delivery.routes.views import OnTheWay
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.masking import masked_phones

LOOKED_BACK = timedelta(days=180)  # what has not come after half a year is not waited for

_OF_SLIP = tuple(SLIP.c[name] for name in OnTheWay.__dataclass_fields__ if name != "sheet")
_NAMES = tuple(name for name in OnTheWay.__dataclass_fields__ if name != "sheet")


def unadvised(desk: Desk, *, limit: int = 200) -> list[OnTheWay]:
    """Return slips on the road whose customer was not told, the longest ago first."""
    chosen = (SLIP.c.state == "loaded") & SLIP.c.left_at.is_not(None) & SLIP.c.advised_at.is_(None)
    return _rows(desk, chosen & (SLIP.c.leaves_on >= desk.today() - LOOKED_BACK), SLIP.c.left_at, limit)


def unreceipted(desk: Desk, *, limit: int = 200) -> list[OnTheWay]:
    """Return delivered slips whose signed receipt is not back, the longest ago first."""
    since = desk.today() - LOOKED_BACK
    chosen = (SLIP.c.leaves_on >= since) & SLIP.c.state.in_(("delivered", "refused")) & SLIP.c.receipt_at.is_(None)
    return _rows(desk, chosen, SLIP.c.signed_at, limit)


def _rows(desk: Desk, chosen: Any, oldest: Any, limit: int) -> list[OnTheWay]:
    statement = (
        select(*_OF_SLIP, SHEET.c.number)
        .outerjoin(SHEET, SHEET.c.id == SLIP.c.sheet_id)
        .where(SLIP.c.branch == desk.branch, chosen)
        .order_by(oldest, SLIP.c.id)
        .limit(limit)
    )
    with desk.reading() as session:
        return [_row(desk, row) for row in session.connection().execute(statement)]


def _row(desk: Desk, row: Sequence[Any]) -> OnTheWay:
    """Return a line of a list: the slip's page has the phone in full (USR-5)."""
    whole = OnTheWay(**dict(zip(_NAMES, row, strict=False)), sheet=row[-1] or "")
    return replace(whole, phone=masked_phones(desk, whole.phone))
