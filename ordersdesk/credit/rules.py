"""What credit needs, what a limit may be, and when it is reviewed (CUS-7); all pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from typing import Any

from ordersdesk.foundation.policy import settings
from ordersdesk.foundation.texts.language import N_, _, clause_list, spoken
from ordersdesk.foundation.texts.money import MINOR, formatted, parsed
from ordersdesk.foundation.texts.refusals import Refused

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Record:
    """What the books say of a customer: first purchase, purchases of each full month, oldest first, and standing."""

    first_on: date | None
    months: tuple[Decimal, ...]
    overdue: Decimal = NOTHING
    blocked: str = ""


@dataclass(frozen=True)
class Requirement:
    """One thing credit needs: its figure, and whether that is enough."""

    name: str
    is_met: bool
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    rule: str = "CUS-7"

    def sentence(self) -> str:
        """Return figure and requirement in the language being spoken."""
        return spoken(self.text, self.facts)


def months_of_trade(first_on: date | None, today: date) -> int:
    """Return the whole months since the first purchase: 21 August to 20 November are two, to the 21st three."""
    if first_on is None or first_on > today:
        return 0
    months = 12 * (today.year - first_on.year) + today.month - first_on.month
    last = monthrange(today.year, today.month)[1]
    return months - (today.day < min(first_on.day, last))


def full_months(today: date, count: int) -> tuple[tuple[date, date], ...]:
    """Return the last full calendar months, oldest first, each from its first day up to the next month's first."""
    starts = [month_start(today, -back) for back in range(count, -1, -1)]
    return tuple(pairwise(starts))


def month_start(today: date, months: int) -> date:
    """Return the first day of the month so many months away."""
    place = 12 * today.year + today.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def average(amounts: Sequence[Decimal], *, of: int = 0) -> Decimal:
    """Return the monthly average of so many months, rounded down: 4,999.99 and a bit is not 5,000."""
    months = of or len(amounts)
    return (sum(amounts, NOTHING) / months).quantize(MINOR, ROUND_DOWN) if months else NOTHING


def requirements(known: Record, policy: settings.Customers, today: date) -> Iterator[Requirement]:
    """Give everything a monthly account needs, met or not (CUS-7)."""
    traded = months_of_trade(known.first_on, today)
    facts: dict[str, Any] = {"months": traded, "needed": policy.credit_months}
    text = N_("months of trade: {months} ({needed} needed)")
    yield Requirement("trade", traded >= policy.credit_months, text, facts)
    bought = average(known.months)
    facts = {"average": formatted(bought), "needed": formatted(policy.credit_monthly)}
    text = N_("bought a month on average: {average} ({needed} needed)")
    yield Requirement("average", bought >= policy.credit_monthly, text, facts)
    yield _standing(known)


def _standing(known: Record) -> Requirement:
    if known.blocked:
        return Requirement("standing", False, N_("blocked: {reason}"), {"reason": known.blocked})
    if known.overdue > 0:
        facts = {"overdue": formatted(known.overdue)}
        return Requirement("standing", False, N_("overdue: {overdue} (nothing may be)"), facts)
    return Requirement("standing", True, N_("in good standing: nothing overdue, not blocked"))


def refuse_missing(found: Sequence[Requirement], *, mend: str = "") -> None:
    """Refuse (CUS-7) naming every requirement that is not met."""
    missing = [each.sentence() for each in found if not each.is_met]
    if missing:
        raise Refused(
            "CUS-7",
            _("Not yet a customer for credit: {missing}.").format(missing=clause_list(missing)),
            mend=mend or _("Until then cash on delivery or prepaid; apply again when all of it is met."),
            field="customer",
        )


def limit_typed(typed: object, policy: settings.Customers) -> Decimal:
    """Return a credit limit as a person or a program gave it; refused (CUS-7) when it is none or too large."""
    try:
        limit = parsed(str(typed), field="limit") if not isinstance(typed, bool | None) else NOTHING
    except Refused as no:
        raise Refused("CUS-7", no.message, mend=no.mend, field="limit") from no
    if not 0 < limit <= policy.credit_limit_most:
        raise Refused(
            "CUS-7",
            _("A credit limit of {limit} cannot be given.").format(limit=formatted(limit)),
            mend=_("It lies above 0 and up to {most}.").format(most=formatted(policy.credit_limit_most)),
            field="limit",
        )
    return limit


def days_typed(typed: object, policy: settings.Customers) -> int:
    """Return days of credit as a person or a program gave them; refused (CUS-7) when they are none or too many."""
    text = str(typed).strip()
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 0 < days <= policy.credit_days_most:
        raise Refused(
            "CUS-7",
            _("“{days}” are no days of credit.").format(days=text[:40]),
            mend=_("Type whole days from 1 to {most}.").format(most=policy.credit_days_most),
            field="days",
        )
    return days


def next_review(today: date, months: int) -> date:
    """Return the day so many months on, at the latest the last of its month (B5.11.4)."""
    start = month_start(today, months)
    return start.replace(day=min(today.day, monthrange(start.year, start.month)[1]))
