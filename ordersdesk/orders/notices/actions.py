"""Telling people what they must know about an order: it stays on their home list until they noted it (CHG-4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.notices.queries import NOTICE, mine, sentence
from ordersdesk.orders.terms.flow import ORDER_FLOW

TOLD = N_("told")
NOTED = N_("noted")


def tell(
    desk: Desk,
    session: Session,
    order: Summary,
    *,
    rule: str,
    text: str,
    facts: Mapping[str, Any],
    login: str = "",
    role: str = "",
) -> None:
    """Tell one person, or whoever has a role, in the caller's transaction; the order's story says so too."""
    said = {"rule": rule, "text": text, "facts": dict(facts)}
    values = {"branch": desk.branch, "login": login, "role": role, "at": desk.now(), "noted_by": "", "noted_at": None}
    about = {"order_id": order.id, "order_number": order.number}
    session.connection().execute(insert(NOTICE), said | values | about)
    record(
        desk, session, ORDER_FLOW.kind, order.id, TOLD,
        rule=rule, note=sentence(text, facts), details={"login": login, "role": role},
    )  # fmt: skip


@action
def noted(desk: Desk, session: Session, notice_id: int) -> None:
    """Take a notice off the list; refused (CHG-4) when it is not mine or somebody noted it already."""
    chosen = mine(desk) & (NOTICE.c.id == notice_id)
    values = {"noted_at": desk.now(), "noted_by": desk.user.login}
    done = (
        session.connection().execute(update(NOTICE).where(chosen).values(values).returning(NOTICE.c.order_id)).first()
    )
    if done is None:
        raise Refused(
            "CHG-4",
            _("This notice is not on your list any more."),
            mend=_("Look at the list again."),
        )
    record(desk, session, ORDER_FLOW.kind, done.order_id, NOTED, rule="CHG-4")


def settle(desk: Desk, session: Session, order_id: int, *, rule: str, facts: Mapping[str, Any]) -> None:
    """Take off everybody's list what was told of an order under a rule with these facts: it is done now."""
    open_ = (NOTICE.c.order_id == order_id) & (NOTICE.c.rule == rule) & NOTICE.c.noted_at.is_(None)
    rows = session.connection().execute(select(NOTICE.c.id, NOTICE.c.facts).where(open_)).all()
    mine = [row.id for row in rows if facts.items() <= row.facts.items()]
    values = {"noted_at": desk.now(), "noted_by": desk.user.login}
    if mine:
        session.connection().execute(update(NOTICE).where(NOTICE.c.id.in_(mine)).values(values))
