"""The verbs about prices: set one or many, and count what a customer has had of a promotion (CAT-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, text
from sqlmodel import Session

from ordersdesk.catalogue.actions import EDITORS, Progress
from ordersdesk.catalogue.price_rows import PriceRow, read
from ordersdesk.catalogue.price_writing import store
from ordersdesk.catalogue.writing import Taken
from ordersdesk.foundation.bulk import chunks
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import record
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused

# The cap is checked in the write itself: two desks can never sell one customer more of a promotion than it allows.
_COUNT = text(
    "INSERT INTO promotion_use (promotion_id, customer_id, pieces)"
    " SELECT id, :customer, :pieces FROM promotion WHERE id = :promotion AND (cap = 0 OR :pieces <= cap)"
    " ON CONFLICT (promotion_id, customer_id) DO UPDATE SET pieces = promotion_use.pieces + excluded.pieces"
    " WHERE promotion_use.pieces + excluded.pieces <= (SELECT cap FROM promotion WHERE id = :promotion)"
)


@action
def set_prices(desk: Desk, session: Session, rows: Sequence[Mapping[str, Any]]) -> Taken:
    """Store prices (CAT-3): list, agreed, quantity or promotion, each by what says which price it is."""
    return set_prices_many(desk, session, rows)


def set_prices_many(
    desk: Desk, session: Session, rows: Iterable[Mapping[str, Any]], *, done: Progress | None = None
) -> Taken:
    """Do the same in the caller's transaction (FIL-1); the same rows again change nothing, the first wrong one
    refuses them all."""
    desk.needs(*EDITORS, doing=_("set prices"))
    taken = Taken()
    for piece in chunks(list(rows)):
        prices: list[PriceRow] = []
        for found in read(session, piece):
            if isinstance(found, Refused):
                raise found
            prices.append(found)
        taken += store(session, prices)
        if done:
            done(taken.rows)
    if taken.added or taken.changed:
        record(
            desk,
            session,
            "item",
            0,
            "prices set",
            rule="CAT-3",
            details={"added": taken.added, "changed": taken.changed},
        )
    return taken


def count_promotions(session: Session, customer_id: int, pieces: Mapping[int, int]) -> None:
    """Count pieces sold (or, negative, given back) against caps; refused (CAT-3) when a cap is used up meanwhile."""
    for promotion_id, count in sorted(pieces.items()):
        values = {"promotion": promotion_id, "customer": customer_id, "pieces": count}
        result = session.connection().execute(_COUNT, values)
        if cast("CursorResult[Any]", result).rowcount != 1:
            raise Refused(
                "CAT-3",
                _("The promotion is used up for this customer."),
                mend=_("Look at the price again: it is the list price now."),
                field="lines",
            )
