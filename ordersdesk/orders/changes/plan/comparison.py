"""Old and new side by side: what a change does, how much it weighs, and who must say yes (CHG-1, CHG-2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ordersdesk.approvals.rules import Need, asked
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.texts.language import N_, NP_, _, spoken
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.assessment.case import Finding, Weight
from ordersdesk.orders.assessment.sheet_rules import SHEETS
from ordersdesk.orders.changes.plan.case import Changed
from ordersdesk.orders.changes.plan.rules import OF_LEVEL, Effect, Graded, graded
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.labels import INVOICES, PAYMENTS
from ordersdesk.orders.terms.occasions import needed

# What is shown of the order as a whole, by column.
LABELS = {
    "contact": N_("Contact"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "region": N_("Province"),
    "note": N_("Note"),
    "payment": N_("Payment"),
    "invoice": N_("Invoice"),
    "urgent": NP_("choice", "Urgent"),
    "latest": N_("Wanted by"),
    "department": N_("To department"),
    "papers": N_("Papers along"),
    "sheet": N_("Confirmation sheet"),
    "deposit": N_("Deposit"),
    "fee_said": N_("Fee agreed"),
}


@dataclass(frozen=True)
class Pair:
    """One thing before and after, as it is said; `label` is marked for translation."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class LinePair:
    """A line before and after (nothing when it is added); `need` is how many pieces more, or fewer, it takes."""

    position: int
    old: Agreed | None
    new: Agreed
    need: int
    available: int
    short: int

    @property
    def change(self) -> str:
        """What happens to the line: same, changed, added, closed."""
        if self.old is None:
            return "added"
        if self.new.closed_short > self.old.closed_short:
            return "closed"
        return "same" if self.new == self.old else "changed"


@dataclass(frozen=True)
class Approver:
    """Whose yes is needed, on which occasion, by which rule, and why."""

    occasion: str
    label: str
    rule: str
    role: str
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """A change as it would be now: nothing is written yet (CHG-1)."""

    order: str
    version: int
    state: str
    customer: str
    lines: tuple[LinePair, ...]
    heads: tuple[Pair, ...]
    old_goods: Decimal
    new_goods: Decimal
    old_fee: Decimal
    new_fee: Decimal
    old_total: Decimal
    new_total: Decimal
    old_promised_on: date | None
    new_promised_on: date | None
    old_part: str
    new_part: str
    old_promise: str
    new_promise: str
    warning: str
    """What is not certain about the new day (DLV-3)."""
    level: str
    rule: str
    why: str
    approvers: tuple[Approver, ...]
    findings: tuple[Finding, ...]
    """What stands against it (STOP) and what the customer is asked (ASK), worst first."""

    @property
    def at_once(self) -> bool:
        """Tell whether nobody needs to approve it (CHG-5)."""
        return not self.approvers


def effect(desk: Desk, changed: Changed) -> Effect:
    """Return what a change does to an order, as it is graded."""
    return Effect(
        old_total=changed.head.total,
        new_total=changed.value("total"),
        touched=changed.touched,
        days=days_between(desk, _day(changed.head.promised_on), _day(changed.value("promised_on"))),
        is_free=changed.is_free,
        since=changed.since,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def days_between(desk: Desk, one: date | None, other: date | None) -> int:
    """Return by how many working days a promise moves."""
    if one is None or other is None:
        return 0
    first, last = sorted((one, other))
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(1 for day in days if desk.calendar.is_working_day(day))


def needs(changed: Changed, grade: Graded) -> list[Need]:
    """Return every yes a change needs: its level's, and what its review asks for (CHG-2, ORD-5)."""
    total = changed.value("total")
    wanted: list[Need] = []
    if occasion := OF_LEVEL.get(grade.level):
        wanted.append(Need(occasion, grade.text, grade.facts, amount=total))
    if changed.is_free:
        return wanted
    for finding in changed.findings:
        if finding.weight is Weight.REVIEW and finding.occasion not in {need.occasion.name for need in wanted}:
            wanted.append(needed(finding, total))
    return wanted


def compared(desk: Desk, changed: Changed) -> Comparison:
    """Put a change side by side with the order as it is."""
    head, grade = changed.head, graded(effect(desk, changed), desk.policy.changes)
    against = [each for each in changed.findings if each.weight is not Weight.REVIEW]
    return Comparison(
        order=head.number, version=head.version, state=head.state, customer=head.customer_name,
        lines=tuple(_lines(changed)), heads=tuple(_heads(desk, changed)),
        old_goods=head.goods, new_goods=changed.value("goods"), old_fee=head.fee, new_fee=changed.value("fee"),
        old_total=head.total, new_total=changed.value("total"),
        old_promised_on=_day(head.promised_on), new_promised_on=_day(changed.value("promised_on")),
        old_part=head.promised_part, new_part=changed.value("promised_part"),
        old_promise=head.promise, new_promise=changed.promise,
        warning=desk.calendar.warning(changed.value("promised_on")),
        level=grade.level, rule=grade.rule, why=grade.sentence(),
        approvers=tuple(_approver(desk, need) for need in needs(changed, grade)),
        findings=tuple(sorted(against, key=lambda each: list(Weight).index(each.weight))),
    )  # fmt: skip


def _approver(desk: Desk, need: Need) -> Approver:
    why, role = need.occasion, asked(desk.policy, need.occasion).role
    return Approver(why.name, why.label, why.rule, role, spoken(need.text, need.facts))


def _lines(changed: Changed) -> Iterator[LinePair]:
    before = {line.position: line for line in changed.old}
    here = {line.ware.id: line.available for line in changed.case.lines if line.ware}
    for new in changed.new:
        old = before.get(new.position)
        same = old is not None and old.item_id == new.item_id
        need = new.quantity - (old.quantity if old and same else 0)
        yield LinePair(new.position, old, new, need, here.get(new.item_id, 0), new.short)


def _heads(desk: Desk, changed: Changed) -> Iterator[Pair]:
    for name, label in LABELS.items():
        if name in changed.values:
            old, new = getattr(changed.head, name), changed.values[name]
            yield Pair(name, label, _text(desk, name, old), _text(desk, name, new))


def _text(desk: Desk, name: str, value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return formatted(value)
    if name == "phone":
        return readable(str(value), desk.policy.phones)
    names = {"payment": PAYMENTS, "invoice": INVOICES, "sheet": SHEETS}.get(name, {})
    return _(names[str(value)]) if value in names else str(value)
