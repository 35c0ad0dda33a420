"""The review of a monthly account: the limit is kept, set anew or withdrawn; what rises needs approval (B5.11.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.credit import rules
from ordersdesk.credit.actions import Applied, Wanted, ask_for, refuse_second, reported
from ordersdesk.customers.model.name_queries import named
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.customers.model.rules import MANAGERS
from ordersdesk.customers.records.terms_actions import Terms, hold_within, set_terms_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.review.outcome import go_on_of


@dataclass(frozen=True)
class Review:
    """What a review decides: another limit or other days, or nothing of both, or no credit any more; and why."""

    limit: object = None
    days: object = None
    withdraw: bool = False
    report: str = ""


@dataclass(frozen=True)
class Reviewed:
    """What became of a review: the terms from now on, or the application that asks for more."""

    customer: str
    terms: str
    credit_limit: Decimal
    credit_days: int
    review_on: date | None
    applied: Applied | None = None


@action
def review(desk: Desk, session: Session, *, customer: str, decided: Review) -> Reviewed:
    """Review a monthly account (CUS-7); the limit may be set below what is owed (PAY-7)."""
    desk.needs(*MANAGERS, doing=_("review credit"))
    who = named(desk, session, customer)
    hold_within(session, who.id)
    if who.terms != "account" and not who.has_lapsed:
        raise Refused(
            "CUS-7",
            _("{customer} has no monthly account.").format(customer=who.name),
            mend=_("Apply for one with the sales rep's report."),
            field="customer",
        )
    refuse_second(session, who)
    if decided.withdraw:
        return _withdrawn(desk, session, who, decided)
    return _settled(desk, session, who, decided)


def _withdrawn(desk: Desk, session: Session, who: Buyer, decided: Review) -> Reviewed:
    if decided.limit is not None or decided.days is not None:
        raise Refused("CUS-7", _("Withdrawn credit has no limit."), mend=_("Say one of both."), field="limit")
    return _set(desk, session, who, Terms("prepaid"), _why(decided, _("Why is the credit withdrawn?")))


def _settled(desk: Desk, session: Session, who: Buyer, decided: Review) -> Reviewed:
    policy = desk.policy.customers
    limit = who.credit_limit if decided.limit is None else rules.limit_typed(decided.limit, policy)
    days = who.credit_days if decided.days is None else rules.days_typed(decided.days, policy)
    # Lapsed credit is none: whoever gives it back gives it anew.
    if who.has_lapsed or limit > who.credit_limit or days > who.credit_days:
        applied = ask_for(desk, session, who, Wanted(limit, days, reported(decided.report), "review"))
        return Reviewed(who.name, who.terms, who.credit_limit, who.credit_days, who.credit_review_on, applied)
    lower = limit < who.credit_limit or days < who.credit_days
    note = _why(decided, _("Why is the credit lowered?")) if lower else _note(decided)
    review_on = rules.next_review(desk.today(), policy.credit_review_months)
    return _set(desk, session, who, Terms("account", limit, days, review_on), note)


def _set(desk: Desk, session: Session, who: Buyer, terms: Terms, note: str) -> Reviewed:
    set_terms_within(desk, session, who.id, terms, verb="credit reviewed", note=note)
    go_on_of(desk, session, [who.id])
    return Reviewed(who.name, terms.terms, terms.credit_limit, terms.credit_days, terms.credit_review_on)


def _why(decided: Review, question: str) -> str:
    note = _note(decided)
    if not note:
        raise Refused("CUS-7", question, mend=_("Give a reason; it stays with the customer."), field="report")
    return note


def _note(decided: Review) -> str:
    return clean(decided.report, field="report", longest=NOTE, lines=True)
