"""Why somebody must approve an order or a change of one: each occasion said once; the policy says who answers."""

from __future__ import annotations

from decimal import Decimal

from ordersdesk.approvals.rules import Need
from ordersdesk.documents.occasion import Occasion
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.terms.finding import Finding
from ordersdesk.orders.terms.payment_status import NOTHING

_LOOKS = {"large": N_("large orders"), "contract": N_("orders under a contract"), "first": N_("first orders")}


def _every(_policy: Policy) -> str:
    return _("every one")


def _looked_at(looks: tuple[str, ...]) -> str:
    return word_list(_(_LOOKS[each]) for each in looks)


def _minor(policy: Policy) -> str:
    changes = policy.changes
    return _("under {percent} % and {amount}, by at most {days} d").format(
        percent=f"{changes.minor_percent.normalize():f}",
        amount=formatted(changes.minor_amount),
        days=changes.minor_days,
    )


def _top(policy: Policy) -> str:
    changes = policy.changes
    return _("from {percent} % or {amount}").format(
        percent=f"{changes.top_percent.normalize():f}", amount=formatted(changes.top_amount)
    )


ON_ACCOUNT = Occasion(
    "account_order", N_("order on monthly account"), "ORD-5", since=_every,
    no=N_("We cannot put this order on your monthly account; you can pay in advance or on delivery."),
)  # fmt: skip
OVER_LIMIT = Occasion(
    "over_limit", N_("over the credit limit"), "PAY-7", since=lambda _policy: _("over the customer's limit"),
    no=N_("With this order more would be open than your credit limit allows."),
)  # fmt: skip
LARGE = Occasion(
    "large_order", N_("large order"), "ORD-5",
    since=lambda policy: _("from {amount}").format(amount=formatted(policy.orders.large_order_limit)),
    no=N_("We cannot take an order of this size as it is."),
)  # fmt: skip
OVERDUE = Occasion(
    "overdue", N_("customer is overdue"), "CUS-9", since=lambda _policy: _("anything overdue"),
    no=N_("An earlier amount is still open; we ship again once it is settled."),
)  # fmt: skip
CASH_ELSEWHERE = Occasion("cash_elsewhere", N_("cash on delivery outside our region"), "ORD-5", since=_every)
FINANCE = Occasion(
    "order_finance", N_("finance: price and payment"), "ORD-5",
    since=lambda policy: _looked_at(policy.orders.finance_looks),
)  # fmt: skip
LEGAL = Occasion(
    "order_legal", N_("legal: contract"), "ORD-5", since=lambda policy: _looked_at(policy.orders.legal_looks)
)
SPECIAL_GOODS = Occasion(
    "special_goods", N_("special goods"), "QUO-4", since=lambda _policy: _("not in the customer's catalogue"),
    no=N_("There are goods on it that we cannot sell to you as usual."),
)  # fmt: skip
DOUBLE = Occasion(
    "double_order", N_("perhaps a double order"), "ORD-4",
    since=lambda policy: _("within {minutes} min").format(minutes=policy.orders.duplicate_minutes),
    no=N_("We already have nearly the same order from you."),
)  # fmt: skip
FEE = Occasion("fee_override", N_("another delivery fee"), "DLV-1", since=lambda _policy: _("any other fee"))
MINOR = Occasion("change_minor", N_("minor change"), "CHG-2", since=_minor)
MAJOR = Occasion("change_major", N_("major change"), "CHG-2", since=lambda _policy: _("between minor and top"))
TOP = Occasion("change_top", N_("top change"), "CHG-2", since=_top)

ORDER_OCCASIONS = (ON_ACCOUNT, OVER_LIMIT, LARGE, OVERDUE, CASH_ELSEWHERE, FINANCE, LEGAL, SPECIAL_GOODS, DOUBLE, FEE)
CHANGE_OCCASIONS = (MINOR, MAJOR, TOP)
BY_NAME = {one.name: one for one in ORDER_OCCASIONS}


def needed(finding: Finding, amount: Decimal) -> Need:
    """Return the yes that a finding needs, for an order that comes to this amount."""
    return Need(BY_NAME[finding.occasion], finding.text, finding.facts, amount, covers=max(finding.measure, NOTHING))
