"""The gates before goods that leave unpaid: pure, over how an order and its customer stand now (ORD-5, PAY-7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.promise.regions import is_ours
from ordersdesk.orders.terms.finding import Finding, Weight, amount
from ordersdesk.orders.terms.occasions import CASH_ELSEWHERE, LARGE, ON_ACCOUNT, OVER_LIMIT, OVERDUE
from ordersdesk.orders.terms.payment_status import ACCOUNT, NOTHING, is_ahead

STOP, REVIEW = Weight.STOP, Weight.REVIEW


@dataclass(frozen=True)
class Standing:
    """An order and its customer as far as money goes, as they are now; what is overdue counts what was not collected.

    `exposure` is what is open with the customer without this order, `taken` what their other orders of the same
    business day come to, `region` where a carrier takes it.
    """

    buyer: Buyer
    payment: str
    total: Decimal
    money_in: Decimal = NOTHING
    exposure: Decimal = NOTHING
    taken: Decimal = NOTHING
    region: str = ""
    may_ask: bool = False
    """Nobody has asked yet whether the order shall go on without the account that is not there (CUS-8)."""

    def leaves_unpaid(self, policy: Policy) -> bool:
        """Tell whether its goods would leave before its money is in, whatever payment was named."""
        return not is_ahead(self.payment, policy.slips.at_the_door) and self.money_in < self.total


Gate = Callable[[Standing, Policy], Iterator[Finding]]


def blocked(one: Standing, _policy: Policy) -> Iterator[Finding]:
    """Stop every order of a blocked customer (CUS-11)."""
    if one.buyer.blocked:
        facts = {"reason": one.buyer.blocked}
        text = N_("This customer is blocked: {reason}.")
        yield Finding("CUS-11", STOP, text, facts, field="customer", role=Role.MANAGER)


def no_credit(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Stop what nobody may agree to: credit that lapsed, or that was never there (CUS-7, CUS-8)."""
    if one.buyer.has_lapsed and one.leaves_unpaid(policy):
        facts = {"day": str(one.buyer.credit_review_on)}
        text = N_("The credit review of {day} was missed: prepaid only until it is made up for.")
        yield Finding("CUS-7", STOP, text, facts, field="payment", role=Role.FINANCE)
    elif one.payment == ACCOUNT and one.buyer.terms != ACCOUNT and one.money_in < one.total:
        text = N_("This customer has no monthly account: cash or prepaid; a sales rep will call about credit.")
        weight, who = Weight.ASK if one.may_ask else STOP, one.buyer.number
        yield Finding("CUS-8", weight, text, field="payment", subject=who, role=Role.AGENT)


def _overdue(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Ask before goods leave unpaid to somebody who owes already (CUS-9)."""
    if one.buyer.overdue > 0 and one.leaves_unpaid(policy):
        facts = {"overdue": amount(one.buyer.overdue)}
        yield Finding(
            "CUS-9", REVIEW, N_("{overdue} is overdue: pay first, then ship."), facts, occasion=OVERDUE.name,
            field="payment", measure=one.buyer.overdue,
        )  # fmt: skip


def _on_account(one: Standing, policy: Policy) -> Iterator[Finding]:
    if one.payment == ACCOUNT and one.buyer.terms == ACCOUNT and one.leaves_unpaid(policy):
        yield Finding(
            "ORD-5", REVIEW, N_("The order goes on monthly account."), occasion=ON_ACCOUNT.name,
            measure=one.total,
        )  # fmt: skip


def _over_limit(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Ask what goes beyond the limit of a monthly account (PAY-7).

    An order that is paid at the door adds nothing to what is open, and is asked about when that is too much already.
    """
    if one.buyer.terms != ACCOUNT or not one.leaves_unpaid(policy):
        return
    adds = one.total - one.money_in if one.payment == ACCOUNT else NOTHING
    owed, limit = one.exposure + adds, one.buyer.credit_limit
    if owed > limit:
        facts = {"owed": amount(owed), "limit": amount(limit)}
        text = N_("With this order {owed} would be open; the limit is {limit}.")
        if not adds:
            text = N_("{owed} is open already; the limit is {limit}.")
        yield Finding(
            "PAY-7", REVIEW, text, facts, occasion=OVER_LIMIT.name, field="payment",
            measure=owed - limit,
        )  # fmt: skip


def _cash_elsewhere(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Have finance look at cash that a carrier collects (Q4.2.3)."""
    elsewhere = one.region and not is_ours(one.region, policy)
    if elsewhere and one.payment in policy.slips.at_the_door and one.leaves_unpaid(policy):
        facts = {"region": one.region}
        text = N_("Cash on delivery in {region}: a carrier would collect it.")
        yield Finding(
            "ORD-5", REVIEW, text, facts, occasion=CASH_ELSEWHERE.name, field="payment",
            measure=one.total,
        )  # fmt: skip


def large(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Ask about a large order: all orders of the customer on that business day together (ORD-5)."""
    together, limit = one.total + one.taken, policy.orders.large_order_limit
    if together < limit:
        return
    facts = {"total": amount(one.total), "together": amount(together), "limit": amount(limit)}
    text = N_("{total} is a large order (from {limit}).")
    if one.taken:
        text = N_("With {total} the orders of this day come to {together}: a large order (from {limit}).")
    yield Finding("ORD-5", REVIEW, text, facts, occasion=LARGE.name, measure=together)


CREDIT: tuple[Gate, ...] = (no_credit, _overdue, _on_account, _over_limit, _cash_elsewhere)
# What may become so after an order was confirmed, and is looked at again until its goods leave.
AFTERWARDS: tuple[Gate, ...] = (_overdue, _over_limit, _cash_elsewhere)


def credit(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Yield all that stands between an order and its goods because of money that is not in."""
    for gate in CREDIT:
        yield from gate(one, policy)


def afterwards(one: Standing, policy: Policy) -> Iterator[Finding]:
    """Yield what stands between a confirmed order and its goods and may have become so since (ORD-5, CUS-9)."""
    for gate in AFTERWARDS:
        yield from gate(one, policy)
