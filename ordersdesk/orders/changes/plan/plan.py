"""What a change makes of each line of an order, before anything is priced: pure, over plain values (CHG-1, CHG-3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ordersdesk.foundation.texts.codes import code
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.assessment.case import Finding, Weight
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.change_draft import HEAD, Change, LineChange
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.orders.terms.finding import About
from ordersdesk.stock.rules import Shortage


@dataclass(frozen=True)
class Planned:
    """A line of the changed order: what it was, what is said about it, and what it shall be as a draft."""

    old: Agreed | None
    draft: DraftLine | None  # nothing is left of it when missing
    edit: LineChange | None = None
    field: str = ""

    @property
    def moves(self) -> bool:
        """Tell whether goods move, and not only words; what is said again as it was moves nothing."""
        old, edit = self.old, self.edit
        if old is None or edit is None:
            return old is None
        return (
            edit.close_short
            or (edit.quantity is not None and str(edit.quantity).strip() != str(old.quantity))
            or (edit.item is not None and code(edit.item) != old.code)
            or (edit.shortage is not None and edit.shortage != old.shortage)
        )


def planned(lines: Sequence[Agreed], change: Change) -> tuple[Planned, ...]:
    """Put the edits to their lines, those that are added last."""
    edits = {edit.position: (place, edit) for place, edit in enumerate(change.lines)}
    plan: list[Planned] = []
    for line in lines:
        place, edit = edits.get(line.position, (-1, None))
        plan.append(Planned(line, _draft(line, edit), edit, f"lines.{place}" if edit else ""))
    return (*plan, *(Planned(None, typed, field=f"add.{place}") for place, typed in enumerate(change.add)))


def _draft(line: Agreed, edit: LineChange | None) -> DraftLine | None:
    kept: str | int = line.quantity
    if edit and edit.quantity is not None:
        kept = edit.quantity
    elif edit and edit.close_short:
        kept = line.stuck
    if kept == 0 and (edit is None or edit.quantity is None):
        return None
    shortage = (edit.shortage if edit else None) or (Shortage(line.shortage) if line.shortage else None)
    note = line.note if edit is None or edit.note is None else edit.note
    return DraftLine(item=(edit.item if edit else None) or line.code, quantity=kept, shortage=shortage, note=note)


def touched(lines: Sequence[Agreed], change: Change, head: Mapping[str, object]) -> frozenset[str]:
    """Name what the change touches; what is said again as it is does not count."""
    words = {name for name in HEAD if (said := getattr(change, name)) is not None and said != head[name]}
    if change.region is not None:
        words.add("region")
    for plan in planned(lines, change):
        if plan.moves:
            words.add("lines")
        elif plan.edit and plan.old and plan.edit.note is not None and plan.edit.note != plan.old.note:
            words.add("lines.note")
    return frozenset(words)


def objections(lines: Sequence[Agreed], change: Change) -> Iterator[Finding]:
    """Give what stands against the change as it is written (CHG-1, CHG-3)."""
    known = {line.position: line for line in lines}
    seen: set[int] = set()
    for place, edit in enumerate(change.lines):
        line, at = known.get(edit.position), f"lines.{place}"
        facts = {"position": edit.position}
        if line is None:
            yield _stop("CHG-1", N_("The order has no line {position}."), facts, f"{at}.position")
        elif edit.position in seen:
            yield _stop("CHG-1", N_("Line {position} is changed twice."), facts, f"{at}.position")
        else:
            yield from _line_objections(line, edit, at)
        seen.add(edit.position)
    if not change.reason.strip():
        yield _stop("CHG-1", N_("Why does it change? The reason is missing."), {}, "reason")


def _line_objections(line: Agreed, edit: LineChange, at: str) -> Iterator[Finding]:
    facts = {"position": line.position, "item": line.full_name, "pieces": line.stuck}
    if line.quantity and line.delivered >= line.quantity:
        text = N_("Line {position}, {item}, is delivered: it comes back only as a return.")
        yield _stop("CHG-3", text, facts, f"{at}.position")
    elif not line.quantity:
        yield _stop("CHG-5", N_("Line {position}, {item}, is closed: add a new line instead."), facts, f"{at}.position")
    elif edit.item is not None and line.stuck:
        text = N_("{pieces} of {item} are on a slip already: void it first, or wait until it comes back.")
        yield replace(_stop("CHG-3", text, facts, f"{at}.item"), about=About.SLIPS)
    if edit.close_short and edit.item is not None:
        yield _stop("CHG-5", N_("A line is closed short or gets another item, not both."), facts, f"{at}.close_short")


def below_slip(line: Agreed, quantity: int, at: str) -> Finding | None:
    """Refuse a quantity below what is already on a slip or delivered (CHG-3)."""
    if quantity >= line.stuck:
        return None
    facts = {"item": line.full_name, "pieces": line.stuck, "quantity": quantity}
    text = N_("{item}: {quantity} is below the {pieces} that are on a slip already; void it first.")
    return replace(_stop("CHG-3", text, facts, f"{at}.quantity"), about=About.SLIPS)


def _stop(rule: str, text: str, facts: Mapping[str, object], field: str) -> Finding:
    return Finding(rule, Weight.STOP, text, facts, field=field)
