"""The matrix of approvals as the policy has it: on which occasion, from which threshold, who answers (USR-2, USR-4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ordersdesk.approvals.rules import asked, occasions
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted


@dataclass(frozen=True)
class Row:
    """One occasion: its key, its name (N_), its rule, from when on, whose yes, within how many working minutes."""

    occasion: str
    label: str
    rule: str
    threshold: str
    role: str
    minutes: int
    answerable: bool


def matrix(policy: Policy) -> list[Row]:
    """Return every occasion with who answers and from which threshold on, in the language being spoken."""
    return [_row(policy, occasion) for occasion in occasions()]


def _row(policy: Policy, occasion: str) -> Row:
    said = asked(policy, occasion)
    return Row(
        occasion=occasion,
        label=said.label,
        rule=said.rule,
        threshold=THRESHOLDS[occasion](policy) if occasion in THRESHOLDS else "",
        role=said.role,
        minutes=said.minutes,
        answerable=occasion in policy.approvals.answerable,
    )


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


CREDIT = ("credit_manager", "credit_sales", "credit_finance", "credit_gm")
THRESHOLDS: dict[str, Callable[[Policy], str]] = {
    "account_order": lambda policy: _("every one"),
    "over_limit": lambda policy: _("over the customer's limit"),
    "large_order": lambda policy: _("from {amount}").format(amount=formatted(policy.orders.large_order_limit)),
    "overdue": lambda policy: _("anything overdue"),
    "special_goods": lambda policy: _("not in the customer's catalogue"),
    "double_order": lambda policy: _("within {minutes} min").format(minutes=policy.orders.duplicate_minutes),
    "fee_override": lambda policy: _("any other fee"),
    "change_minor": _minor,
    "change_major": lambda policy: _("between minor and top"),
    "change_top": _top,
    **dict.fromkeys(CREDIT, lambda policy: _("every application")),
}
