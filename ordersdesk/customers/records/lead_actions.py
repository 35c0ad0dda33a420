"""Who asks for credit before there is any is passed to a sales rep; the order goes on as cash or prepaid (CUS-8)."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, insert, select, update
from sqlmodel import Session

from ordersdesk.customers.model.name_queries import named
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.customers.model.tables import CreditLead
from ordersdesk.customers.records.terms_actions import hold_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean

LEAD = table_of(CreditLead)
CLOSERS = (Role.SALES_REP, Role.LEADER, Role.MANAGER, Role.BRANCH_GM)


@action
def keep_lead(desk: Desk, session: Session, *, customer: str, note: str = "") -> bool:
    """Keep that a customer asked for credit (CUS-8); said twice it is kept once, and then nothing is new."""
    desk.needs(*DESK_ROLES, doing=_("keep a lead"))
    return keep_lead_within(desk, session, named(desk, session, customer), note=note)


def keep_lead_within(desk: Desk, session: Session, who: Buyer, *, note: str = "") -> bool:
    """Do the same inside the caller's transaction: an order whose customer asked goes on as before."""
    hold_within(session, who.id)
    if who.terms == "account":
        raise Refused(
            "CUS-8",
            _("{customer} has a monthly account.").format(customer=who.name),
            mend=_("Choose it as payment."),
            field="customer",
        )
    if session.connection().execute(select(LEAD.c.id).where(_open(who.id))).first():
        return False
    lead: dict[str, Any] = {"branch": desk.branch, "customer_id": who.id, "at": desk.now(), "by": desk.user.login}
    said = clean(note, field="note", longest=500, lines=True)
    session.connection().execute(insert(LEAD), lead | {"note": said, "closed_by": "", "outcome": ""})
    return True


@action
def close_lead(desk: Desk, session: Session, *, customer: str, outcome: str) -> None:
    """Close a customer's lead with what came of it; refused (CUS-8) when none is open."""
    desk.needs(*CLOSERS, doing=_("close a lead"))
    said = clean(outcome, field="outcome", longest=500)
    if not said:
        raise Refused("CUS-8", _("What came of it?"), mend=_("Say it in a few words."), field="outcome")
    who = named(desk, session, customer)
    if not close_leads_within(desk, session, who.id, outcome=said):
        raise Refused(
            "CUS-8",
            _("No lead is open for {customer}.").format(customer=who.name),
            mend=_("`ordersdesk customers credit leads` lists those that are."),
            field="customer",
        )


def close_leads_within(desk: Desk, session: Session, customer_id: int, *, outcome: str) -> int:
    """Close what is open for a customer inside the caller's transaction, and return how many leads that were."""
    closed = {"closed_at": desk.now(), "closed_by": desk.user.login, "outcome": outcome}
    result = session.connection().execute(update(LEAD).where(_open(customer_id)).values(**closed))
    return cast("CursorResult[Any]", result).rowcount


def _open(customer_id: int) -> Any:
    return (LEAD.c.customer_id == customer_id) & LEAD.c.closed_at.is_(None)
