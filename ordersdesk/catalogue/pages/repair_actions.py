"""Setting search terms right (`check --fix`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.pages.check_queries import mistermed
from ordersdesk.catalogue.queries import ITEM, TERM
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.searching.lookup import replace_terms


@action
def repair_terms(desk: Desk, session: Session) -> int:
    """Make the terms of every item anew where they are not its own, and return how many items that were."""
    wrong = list(mistermed(session))
    for item_id, _code, row in wrong:
        session.connection().execute(delete(TERM).where(TERM.c.owner_id == item_id))
        if row is None:
            continue
        values: Any = row
        replace_terms(session, TERM, item_id, old=(), new=particulars.terms(values))
        found_by = particulars.found_by(values)
        session.connection().execute(update(ITEM).where(ITEM.c.id == item_id).values(found_by=found_by))
    return len(wrong)
