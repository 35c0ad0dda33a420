"""The verbs about prices: set one or many, and count what a customer has had of a promotion (CAT-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import CursorResult, select, text
from sqlmodel import Session

from ordersdesk.catalogue.actions import EDITORS, Progress
from ordersdesk.catalogue.price_queries import PROMOTION
from ordersdesk.catalogue.prices.rows import PriceRow, named, read
from ordersdesk.catalogue.prices.writing import ended, meant, store
from ordersdesk.catalogue.writing import KIND, Taken
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

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


@action
def end_price(desk: Desk, session: Session, which: Mapping[str, Any], *, on: date | None = None) -> None:
    """End a promotion or an agreed price after a day, at once without one; a quantity price goes at once (CAT-6).

    `which` says what `set_prices` would set: item, customer, quantity, first day, which a customer's only price need
    not name. Refused (CAT-3) when there is none.
    """
    desk.needs(*EDITORS, doing=_("end a price"))
    last = on or desk.today() - timedelta(days=1)
    found = meant(session, named(session, which), last)
    if not ended(desk, session, found, last):
        raise Refused(
            "CAT-3",
            _("There is no such price of {item}, or it ended before.").format(item=str(which.get("item", ""))[:40]),
            mend=_("Look at the item's prices: `ordersdesk items show CODE`."),
            field="item",
        )


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
        taken += store(desk, session, prices)
        if done:
            done(taken.rows)
    if taken.added or taken.changed:
        record(
            desk,
            session,
            KIND,
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


def give_back_promotions(
    session: Session, customer_id: int, sold: Iterable[tuple[int, Decimal, int]], *, day: date
) -> None:
    """Uncount what a cancelled order of that day had of capped promotions: item, price, pieces (CAT-3)."""
    pieces: dict[int, int] = {}
    for item_id, price, count in sold:
        running = (PROMOTION.c.item_id == item_id) & (PROMOTION.c.starts <= day) & (PROMOTION.c.ends >= day)
        same = running & (PROMOTION.c.price == price) & (PROMOTION.c.cap > 0)
        found = session.connection().execute(select(PROMOTION.c.id).where(same).order_by(PROMOTION.c.id)).first()
        if found is not None:
            pieces[found.id] = pieces.get(found.id, 0) - count
    count_promotions(session, customer_id, pieces)
