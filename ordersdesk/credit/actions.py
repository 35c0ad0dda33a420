"""Applying for credit, and what becomes of the terms when it is granted, denied or withdrawn (CUS-7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within
from ordersdesk.approvals.queries import WaitingFor, waiting_on
from ordersdesk.approvals.rules import KEY_CUSTOMER, OTHERS, Need, Subject
from ordersdesk.credit import queries, rules
from ordersdesk.credit.evidence_queries import Evidence, evidence
from ordersdesk.credit.flow import APPLICANTS, CREDIT_FLOW, FIRST_STEP, LAST_STEP
from ordersdesk.credit.queries import APPLICATIONS
from ordersdesk.credit.tables import CreditApplication
from ordersdesk.customers.model.name_queries import named
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.customers.records.lead_actions import close_leads_within
from ordersdesk.customers.records.terms_actions import Terms, hold_within, set_terms_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.review.outcome import go_on_of

PURPOSES = {"new": N_("new monthly account"), "review": N_("review of a monthly account")}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a limit, days, and why."""

    limit: Decimal
    days: int
    report: str
    purpose: str = "new"


@dataclass(frozen=True)
class Applied:
    """An application that is being decided, and who has to say yes."""

    number: str
    customer: str
    credit_limit: Decimal
    credit_days: int
    waits_for: tuple[WaitingFor, ...]


@action
def apply(desk: Desk, session: Session, *, customer: str, limit: object, days: object, report: str) -> Applied:
    """Apply for a monthly account with a sales rep's report (CUS-7); refused naming everything that is missing."""
    desk.needs(*APPLICANTS, doing=_("apply for credit"))
    who = named(desk, session, customer)
    hold_within(session, who.id)
    policy = desk.policy.customers
    wanted = Wanted(rules.limit_typed(limit, policy), rules.days_typed(days, policy), reported(report))
    if who.terms == "account" or who.has_lapsed:
        raise Refused(
            "CUS-7",
            _("{customer} has a monthly account.").format(customer=who.name),
            mend=_("Review it: that keeps, changes or withdraws the limit."),
            field="customer",
        )
    return ask_for(desk, session, who, wanted)


def reported(text: str) -> str:
    """Return the sales rep's report; refused (CUS-7) when there is none."""
    report = clean(text, field="report", longest=NOTE, lines=True)
    if not report:
        raise Refused(
            "CUS-7",
            _("The sales rep's report is missing."),
            mend=_("Write who they are, how they pay and why they shall have credit."),
            field="report",
        )
    return report


def ask_for(desk: Desk, session: Session, who: Buyer, wanted: Wanted) -> Applied:
    """Write an application and ask for its approvals: three side by side, then the branch GM; needs CUS-7 met."""
    refuse_second(session, who)
    found = evidence(desk, session, who)
    rules.refuse_missing(found.requirements)
    values = {
        "customer_id": who.id, "customer_number": who.number, "customer_name": who.name,
        "purpose": wanted.purpose, "credit_limit": wanted.limit, "credit_days": wanted.days, "report": wanted.report,
        "limit_before": who.credit_limit, "evidence": found.seen(), "reason": "",
    }  # fmt: skip
    one = APPLICATIONS.begin(desk, session, values, path=(("ask", ""),))
    close_leads_within(desk, session, who.id, outcome=one.number)
    _ask(desk, session, who, one, found)
    waits = tuple(waiting_on(session, CREDIT_FLOW.kind, one.id))
    return Applied(one.number, who.name, wanted.limit, wanted.days, waits)


def refuse_second(session: Session, who: Buyer) -> None:
    """Refuse (CUS-7) to decide about a customer while an application of theirs is being decided."""
    for one in queries.applications(session, who.id, state="asked"):
        raise Refused(
            "CUS-7",
            _("{number} for {customer} is being decided.").format(number=one.number, customer=who.name),
            mend=_("Wait for it, or withdraw it first."),
            field="customer",
        )


def _ask(desk: Desk, session: Session, who: Buyer, one: CreditApplication, found: Evidence) -> None:
    text = N_("{customer}: monthly account up to {limit}, {days} days.")
    facts = {"customer": who.name, "limit": formatted(one.credit_limit), "days": one.credit_days}
    first = [Need(occasion, text, facts, one.credit_limit) for occasion in FIRST_STEP]
    subject = Subject(
        kind=CREDIT_FLOW.kind, id=one.id, number=one.number, version=one.version, about=who.name,
        rank=KEY_CUSTOMER if who.size_class == "key" else OTHERS, seen=_shown(one, found),
    )  # fmt: skip
    ask_within(desk, session, subject, [*first, replace(first[0], occasion=LAST_STEP, step=2)])


def _shown(one: CreditApplication, found: Evidence) -> dict[str, str]:
    return {
        N_("Customer"): f"{one.customer_number} {one.customer_name}",
        N_("Purpose"): _(PURPOSES[one.purpose]),
        N_("Credit limit"): formatted(one.credit_limit),
        N_("Limit before"): formatted(one.limit_before),
        N_("Days of credit"): str(one.credit_days),
        N_("Report"): one.report,
        **found.seen(),
    }


def seen(desk: Desk, session: Session, application_id: int) -> Mapping[str, str]:
    """Return what an approver is shown of an application, with the customer's figures as they are now."""
    one = APPLICATIONS.get(session, application_id)
    return _shown(one, evidence(desk, session, named(desk, session, one.customer_number)))


def granted(desk: Desk, session: Session, application_id: int) -> None:
    """After the last yes the terms become account, with limit, days and the next review (CUS-7)."""
    one = APPLICATIONS.get(session, application_id)
    who = named(desk, session, one.customer_number)
    hold_within(session, who.id)
    found = evidence(desk, session, who)
    rules.refuse_missing(found.requirements, mend=_("Deny it; it can be applied for again when all of it is met."))
    review_on = rules.next_review(desk.today(), desk.policy.customers.credit_review_months)
    terms = Terms("account", one.credit_limit, one.credit_days, review_on)
    set_terms_within(desk, session, who.id, terms, verb="credit granted", note=one.number)
    go_on_of(desk, session, [who.id])
    APPLICATIONS.step(desk, session, one, "grant")
