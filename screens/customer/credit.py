"""Credit as forms on a customer's page: ask for it, review it, or pass who wants it to a sales rep (CUS-7, CUS-8)."""

from __future__ import annotations

from collections.abc import Mapping

from ordersdesk.credit import rules
from ordersdesk.credit.actions import apply
from ordersdesk.credit.flow import APPLICANTS
from ordersdesk.credit.queries import Credit
from ordersdesk.credit.review_actions import Review, review
from ordersdesk.customers.model.rules import MANAGERS
from ordersdesk.customers.records.lead_actions import keep_lead
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, ngettext
from ordersdesk.foundation.texts.money import formatted
from screens.customer.changing import Change
from screens.forms.form_field import Choice, FormField, Kind

KEEP, WITHDRAW = "keep", "withdraw"
DECISIONS = (Choice(KEEP, N_("keep, with the limit below")), Choice(WITHDRAW, N_("withdraw")))


def credit_change(desk: Desk, one: Credit) -> Change | None:
    """Return what this user may do about a customer's credit now; nothing for who has no say in it."""
    has_account = one.terms == "account" or one.has_lapsed
    if has_account:
        return reviewing(desk, one) if desk.user.roles & frozenset(MANAGERS) else None
    if desk.user.roles & APPLICANTS:
        return applying(desk, one)
    return wanting(desk, one) if desk.user.roles & DESK_ROLES else None


def applying(desk: Desk, one: Credit) -> Change:
    """Apply for a monthly account with the sales rep's report (CUS-7)."""

    def save(values: Mapping[str, str]) -> None:
        apply(desk, customer=one.number, limit=values["limit"], days=values["days"], report=values["report"])

    report = FormField(
        "report", N_("Report"), required=True, kind=Kind.NOTE, rule="CUS-7",
        help=N_("The sales rep's: who they are, how they pay, why they shall have credit."),
    )  # fmt: skip
    fields = [*_figures(desk, required=True), report]
    return Change(N_("Credit application"), one.name, fields, save, key=f"credit {one.number}")


def reviewing(desk: Desk, one: Credit) -> Change:
    """Keep, change or withdraw the credit; what rises is asked for (B5.11.4)."""
    before = {"decision": KEEP, "limit": formatted(one.credit_limit), "days": str(one.credit_days)}

    def save(values: Mapping[str, str]) -> None:
        withdraw = values["decision"] == WITHDRAW
        changed = {name: None if withdraw or values[name] == before[name] else values[name] for name in before}
        decided = Review(changed["limit"], changed["days"], withdraw=withdraw, report=values["report"])
        review(desk, customer=one.number, decided=decided)

    decision = FormField("decision", N_("Credit"), required=True, kind=Kind.CHOICE, choices=DECISIONS, rule="CUS-7")
    report = FormField("report", N_("Why"), kind=Kind.NOTE, help=N_("Needed for every change; more needs approval."))
    fields = [decision, *_figures(desk), report]
    return Change(N_("Credit review"), one.name, fields, save, before, key=f"credit {one.number}")


def wanting(desk: Desk, one: Credit) -> Change:
    """Keep that the customer asked for credit: a sales rep calls, orders go on as cash or prepaid (CUS-8)."""

    def save(values: Mapping[str, str]) -> None:
        keep_lead(desk, customer=one.number, note=values["note"])

    note = FormField("note", N_("What was asked?"), help=N_("A sales rep calls; this order is paid in cash or before."))
    return Change(N_("Wants credit"), one.name, [note], save)


def _figures(desk: Desk, *, required: bool = False) -> list[FormField]:
    policy = desk.policy.customers

    def limit(text: str) -> str:
        return formatted(rules.limit_typed(text, policy)) if text else ""

    def days(text: str) -> str:
        if not text:
            return ""
        count = rules.days_typed(text, policy)
        return ngettext("{days} day", "{days} days", count).format(days=count)

    return [
        FormField("limit", N_("Credit limit"), required=required, check=limit, rule="CUS-7"),
        FormField("days", N_("Days of credit"), required=required, check=days, rule="CUS-7"),
    ]
