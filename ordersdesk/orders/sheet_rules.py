"""The rules of the confirmation sheet: who must return one, until when, what a late one costs (ORD-6, QUO-4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.foundation.daynames import short_day
from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.money import formatted, rounded
from ordersdesk.foundation.roles import Role
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.case import Case

NONE, WANTED, SENT, RETURNED = "none", "wanted", "sent", "returned"
SHEETS = {NONE: N_("not needed"), WANTED: N_("to be sent"), SENT: N_("sent"), RETURNED: N_("returned")}
# The columns that decide whether an order waits for its sheet or its deposit.
CONDITIONAL = ("sheet", "sheet_due_on", "sheet_anew", "deposit", "deposit_paid")
PURCHASE, SPECIAL = "purchase", "special"


def needs(case: Case) -> frozenset[str]:
    """Return why an order is more than goods off the shelf: something is bought for it, or made for nobody else."""
    bought = any(line.draft.shortage == PURCHASE and line.short for line in case.lines)
    special = any(line.ware and line.ware.listing == SPECIAL for line in case.lines)
    return frozenset(name for name, holds in ((PURCHASE, bought), (SPECIAL, special)) if holds)


def deposit_of(case: Case) -> Decimal:
    """Return what is paid ahead: a part of the special goods (QUO-4)."""
    special = (line.amount for line in case.lines if line.ware and line.ware.listing == SPECIAL)
    return rounded(sum(special, Decimal("0.00")) * case.policy.sheets.deposit_percent / 100)


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
        "deposit_paid": False,
    }


def _due_on(case: Case) -> date:
    calendar = Calendar(case.policy)
    today = case.now.astimezone(calendar.zone).date()
    return calendar.add_working_days(today, case.policy.sheets.return_days)


def open_conditions(order: Mapping[str, Any]) -> Iterator[WaitingFor]:
    """Yield what an order in review waits for besides people's yes: its sheet, its deposit (ORD-6)."""
    due = order["sheet_due_on"]
    if due is None:
        return
    if order["sheet"] in (WANTED, SENT):
        text = N_("The confirmation sheet is to be back on {day}.")
        if order["sheet_anew"]:
            text = N_("The order was changed: a sheet of what it is now is to be back on {day}.")
        yield WaitingFor("ORD-6", Role.AGENT, _(text).format(day=short_day(due)))
    if order["deposit"] and not order["deposit_paid"]:
        text = N_("A deposit of {amount} is to be paid.")
        yield WaitingFor("ORD-6", Role.FINANCE, _(text).format(amount=formatted(order["deposit"])))


def days_late(due: date, back: date, calendar: Calendar) -> int:
    """Count the working days after the day a sheet was due up to the day it came; a day off is not late."""
    days = (due + timedelta(days=step) for step in range(1, (back - due).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def moved(promised: date | None, late: int, calendar: Calendar) -> date | None:
    """Return the promised day, one working day on for each day the sheet was late (ORD-6)."""
    return calendar.add_working_days(promised, late) if promised and late > 0 else promised
