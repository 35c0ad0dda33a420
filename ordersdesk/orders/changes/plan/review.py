"""What the review says of a change: only what the change itself brings about counts (CHG-2, CHG-3, ORD-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import Case, Finding, Weight
from ordersdesk.orders.assessment.checks import review
from ordersdesk.orders.changes.plan.lines import moved, quantities
from ordersdesk.orders.changes.plan.plan import Planned, objections
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.finding import About
from ordersdesk.orders.terms.occasions import DOUBLE, ON_ACCOUNT

# What a printed slip says: it has to be void before this changes.
ON_SLIP = ("contact", "phone", "address", "payment", "urgent", "latest", "department")
# What brings up the question anew whether goods may leave unpaid; an order that grows does too.
OF_MONEY = frozenset({"payment", "address"})
# A change is no double of the order it changes, and an account order that stays one was looked at.
LOOKED_AT = (DOUBLE.name, ON_ACCOUNT.name)


def refuse_gone(head: Summary) -> None:
    """Refuse any change of an order that is with the customer (CHG-3)."""
    if head.delivery == "delivered":
        raise Refused(
            "CHG-3",
            _("{number} is delivered: nothing about it can be changed.").format(number=head.number),
            mend=_("Take the goods back as a return."),
            field="order",
        )


def found(
    change: Change,
    head: Summary,
    lines: Sequence[Agreed],
    plan: Sequence[Planned],
    case: Case,
    *,
    values: Mapping[str, Any],
    touched: frozenset[str],
    same: bool,
    free: bool,
    agreed: Mapping[str, Decimal],
) -> tuple[Finding, ...]:
    """Return what stands against the change, what the customer is asked, and who else must approve it.

    Of an order that is `free`, not confirmed yet, whatever the review asks is asked anew; of any other what a yes
    covers that was `agreed`, by occasion, is not asked again.
    """
    grows = values.get("total", head.total) > head.total
    ours = [
        *objections(lines, change),
        *_on_slips(lines, touched),
        *quantities(plan, case.lines),
        *_nothing(case, same=same and not values),
    ]
    theirs = [
        each
        for each in review(case)
        if (free and each.weight is Weight.REVIEW)
        or (_counts(each, plan, case, touched, grows=grows) and not 0 < each.measure <= agreed.get(each.occasion, 0))
    ]
    return (*ours, *(_placed(each, plan) for each in theirs))


def _on_slips(lines: Sequence[Agreed], touched: frozenset[str]) -> Iterator[Finding]:
    out = sum(max(0, line.released - line.delivered) for line in lines)
    for name in ON_SLIP if out else ():
        if name in touched:
            text = N_("Printed slips hold {pieces} of its pieces: void them first, or wait until they come back.")
            yield Finding("CHG-3", Weight.STOP, text, {"pieces": out}, field=name, about=About.SLIPS)


def _nothing(case: Case, *, same: bool) -> Iterator[Finding]:
    if not case.lines:
        yield Finding("CHG-4", Weight.STOP, N_("Nothing would be left: cancel the order instead."), field="lines")
    elif same and not any(line.trouble for line in case.lines):
        yield Finding("CHG-1", Weight.STOP, N_("Nothing changes."), field="lines")


def _counts(each: Finding, plan: Sequence[Planned], case: Case, touched: frozenset[str], *, grows: bool) -> bool:
    """Tell whether a finding comes from the change; what was wrong before is not this change's business."""
    if each.occasion in LOOKED_AT:
        return each.occasion == ON_ACCOUNT.name and "payment" in touched
    match each.about:
        case About.LINE | About.STOCK:
            return _counts_of_line(each, plan, case)
        case About.MONEY:
            return grows or bool(touched & OF_MONEY)
        case About.DELIVERY | About.SLIPS:
            return True
        case About.FEE:
            return "fee" in touched
        case About.ORDER:
            return case.draft.lines != () and "lines" in touched
        case About.WORDS:
            if each.field == "lines" and not case.draft.lines:
                return False  # that nothing would be left is said already
            brought = {"latest": "urgent", "region": "address"}  # what else brings a field up
            return each.field in touched or brought.get(each.field) in touched


def _counts_of_line(each: Finding, plan: Sequence[Planned], case: Case) -> bool:
    """Tell the same of a line: fewer of what was agreed need not be what could be sold anew, but must be there."""
    line = case.lines[int(each.field.split(".")[1])]
    if line.ware is None:
        return True
    item = line.ware.id
    before = sum(one.old.quantity for one in plan if one.old and one.old.item_id == item)
    more = case.quantities()[item] > before
    return item in moved(plan, case.lines) and (more or line.trouble is not None or each.about is About.STOCK)


def _placed(each: Finding, plan: Sequence[Planned]) -> Finding:
    """Name the place where the change says it, not where the whole order has it."""
    if not each.field.startswith("lines."):
        return each
    _lines, place, name = each.field.split(".", 2)
    live = [one for one in plan if one.draft]
    return replace(each, field=f"{live[int(place)].field}.{name}" if live[int(place)].field else f"lines.{name}")
