"""The rules of the confirmation sheet: who must return one, until when, what a late one costs (ORD-6, QUO-4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.assessment.case import Case
from ordersdesk.orders.terms.payment_status import waits_for_money

NONE, WANTED, SENT, RETURNED = "none", "wanted", "sent", "returned"
SHEETS = {NONE: N_("not needed"), WANTED: N_("to be sent"), SENT: N_("sent"), RETURNED: N_("returned")}
PURCHASE, SPECIAL = "purchase", "special"


def needs(case: Case) -> frozenset[str]:
    """Return why an order is more than goods off the shelf: something is bought for it, or made for nobody else."""
    bought = any(line.draft.shortage == PURCHASE and line.short for line in case.lines)
    special = any(line.ware and line.ware.listing == SPECIAL for line in case.lines)
    return frozenset(name for name, holds in ((PURCHASE, bought), (SPECIAL, special)) if holds)


def special_of(case: Case) -> Decimal:
    """Return what the special goods of an order come to."""
    special = (line.amount for line in case.lines if line.ware and line.ware.listing == SPECIAL)
    return sum(special, Decimal("0.00"))


def deposit_of(case: Case) -> Decimal:
    """Return what is paid ahead: a part of the special goods, whoever orders them (QUO-4)."""
    return rounded(special_of(case) * case.policy.sheets.deposit_percent / 100)


def sheet_wanted(grade: str, why: Collection[str], free_grades: Collection[str]) -> tuple[str, bool]:
    """Return whether a sheet is sent, and whether the order waits for it (ORD-6): grade A goes ahead at once."""
    return (WANTED, grade not in free_grades) if why else (NONE, False)


def sheet_columns(case: Case) -> dict[str, Any]:
    """Return the sheet's columns of a new order; only a sheet that is waited for has a day to be back."""
    sheet, waits = sheet_wanted(case.buyer.grade if case.buyer else "", needs(case), case.policy.sheets.free_grades)
    return {
        "sheet": sheet,
        "sheet_due_on": _due_on(case) if waits else None,
        "sheet_sent_at": None,
        "sheet_returned_at": None,
        "sheet_anew": False,
        "deposit": deposit_of(case),
    }


def _due_on(case: Case) -> date:
    calendar = Calendar(case.policy)
    today = case.now.astimezone(calendar.zone).date()
    return calendar.add_working_days(today, case.policy.sheets.return_days)


@dataclass(frozen=True)
class Conditional:
    """An order as far as it may wait for its sheet, or for money."""

    payment: str
    total: Decimal
    deposit: Decimal
    money_in: Decimal
    collected: Decimal
    handed_over: Decimal
    sheet: str
    sheet_due_on: date | None
    sheet_anew: bool


def conditional(order: Mapping[str, Any]) -> Conditional:
    """Pick what conditions look at from an order's columns."""
    return Conditional(**{name: order[name] for name in Conditional.__dataclass_fields__})


def open_conditions(order: Mapping[str, Any], policy: Policy) -> Iterator[WaitingFor]:
    """Yield what an order waits for besides people's yes: its sheet, and the money that has to be in (ORD-6, PAY-3)."""
    mine = conditional(order)
    if mine.sheet_due_on and mine.sheet in (WANTED, SENT):
        text = N_("The confirmation sheet is to be back on {day}.")
        if mine.sheet_anew:
            text = N_("The order was changed: a sheet of what it is now is to be back on {day}.")
        yield WaitingFor("ORD-6", Role.AGENT, _(text).format(day=short_day(mine.sheet_due_on)))
    yield from waits_for_money(mine, policy.slips.at_the_door)


def days_late(due: date, back: date, calendar: Calendar) -> int:
    """Count the working days after the day a sheet was due up to the day it came; a day off is not late."""
    days = (due + timedelta(days=step) for step in range(1, (back - due).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def moved(promised: date | None, late: int, calendar: Calendar) -> date | None:
    """Return the promised day, one working day on for each day the sheet was late (ORD-6)."""
    return calendar.add_working_days(promised, late) if promised and late > 0 else promised
