"""The lines a change makes: which price stays, which goods move, what is closed short (CHG-1, CHG-5, CAT-3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ordersdesk.catalogue.rules import amount
from ordersdesk.catalogue.wares import Priced, PriceSource
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.assessment.case import Finding, Line, Weight
from ordersdesk.orders.assessment.sheet_rules import SPECIAL
from ordersdesk.orders.changes.plan.plan import Planned, below_slip
from ordersdesk.orders.terms.agreed import Agreed

# Prices that depend on nothing but the day they were said: fewer pieces do not change them.
FIRM = (PriceSource.AGREED, PriceSource.LIST)


def moved(plan: Sequence[Planned], lines: Sequence[Line]) -> frozenset[int]:
    """Return the items whose goods move; all their lines share the shelf anew (STK-3)."""
    items = {each.old.item_id for each in plan if each.moves and each.old}
    live = [each for each in plan if each.draft]
    return frozenset(items | {line.ware.id for each, line in zip(live, lines, strict=True) if each.moves and line.ware})


def settled(plan: Sequence[Planned], lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put the agreed price, quantity and shortage back where nothing moves, and the agreed price where it stays."""
    live = [each for each in plan if each.draft]
    items = moved(plan, lines)
    closed = items - {
        line.ware.id
        for each, line in zip(live, lines, strict=True)
        if each.moves and line.ware and not (each.edit and each.edit.close_short)
    }
    return tuple(_settled(each.old, line, items, closed) for each, line in zip(live, lines, strict=True))


def _settled(old: Agreed | None, line: Line, items: frozenset[int], closed: frozenset[int]) -> Line:
    if old is None or line.ware is None or line.trouble or line.ware.id != old.item_id:
        return line
    if old.item_id not in items:
        left = old.short if old.shortage == "leave" else 0
        return replace(line, priced=_as_agreed(old), quantity=old.quantity + left, short=old.short)
    fewer = line.ordered <= old.quantity
    same = line.priced is not None and line.priced.source in FIRM and line.priced.source == old.price_source
    return replace(line, priced=_as_agreed(old)) if old.item_id in closed or (fewer and same) else line


def _as_agreed(old: Agreed) -> Priced:
    source = PriceSource(old.price_source) if old.price_source in [*PriceSource] else PriceSource.LIST
    return Priced(old.price, source, counts_against=old.promotion_id)


NAMED = ("code", "name", "spec", "unit", "brand", "model", "colour")


def rewritten(plan: Sequence[Planned], lines: Sequence[Line], reason: str) -> tuple[Agreed, ...]:
    """Return the lines as they shall stand: positions stay, new ones follow, closed ones keep what was closed."""
    live, items = iter(lines), moved(plan, lines)
    last = max((each.old.position for each in plan if each.old), default=0)
    rows: list[Agreed] = []
    for each in plan:
        if each.draft is None:
            assert each.old is not None
            rows.append(_closed(each, each.old, 0, reason) if each.moves else each.old)
            continue
        line = next(live)
        if each.old is None:
            last += 1
            rows.append(_row(line, last))
        elif each.old.item_id in items or (line.ware and line.ware.id in items):
            rows.append(_moved(each, each.old, line, reason))
        else:
            rows.append(replace(each.old, note=_note(line)))
    return tuple(rows)


def _moved(each: Planned, old: Agreed, line: Line, reason: str) -> Agreed:
    """Write a line over the old one: its position and links stay."""
    row = _row(line, old.position)
    if row.item_id == old.item_id:  # the same goods are called as they were when they were sold
        row = replace(row, **{name: getattr(old, name) for name in NAMED})
    typed = row.typed if each.edit and each.edit.quantity is not None else old.typed
    kept = replace(
        row, id=old.id, typed=typed, allocated=old.allocated, released=old.released, shipped=old.shipped,
        delivered=old.delivered,
        closed_short=old.closed_short, closed_why=old.closed_why,
    )  # fmt: skip
    return _closed(each, kept, row.quantity, reason, before=old) if each.edit and each.edit.close_short else kept


def _closed(each: Planned, row: Agreed, quantity: int, reason: str, *, before: Agreed | None = None) -> Agreed:
    """Close a line short: what is left of it stays, the rest is kept as a figure with its reason (CHG-5)."""
    assert each.edit is not None
    ordered = (before or row).quantity
    why = clean(each.edit.reason, field="reason", longest=500) or reason
    left = replace(row, quantity=quantity, amount=amount(row.price, quantity))
    gone = replace(left, closed_short=row.closed_short + max(0, ordered - quantity), closed_why=why)
    return gone if quantity else replace(gone, short=0, shortage="")


def _row(line: Line, position: int) -> Agreed:
    ware, priced = line.ware, line.priced
    return Agreed(
        id=None, position=position, item_id=ware.id if ware else 0, code=ware.code if ware else line.draft.item,
        name=ware.name if ware else "", spec=ware.spec if ware else "", unit=ware.unit if ware else "",
        quantity=line.ordered, typed=str(line.draft.quantity), price=line.price,
        price_source=str(priced.source) if priced else "", amount=line.amount, shortage=line.draft.shortage or "",
        short=line.short, note=_note(line), promotion_id=priced.counts_against if priced else None,
        special=ware is not None and ware.listing == SPECIAL, brand=ware.brand if ware else "",
        model=ware.model if ware else "", colour=ware.colour if ware else "",
    )  # fmt: skip


def _note(line: Line) -> str:
    return clean(line.draft.note, field="note", longest=500, lines=True)


def quantities(plan: Sequence[Planned], lines: Sequence[Line]) -> Iterator[Finding]:
    """Give what stands against the new quantities (CHG-3, CHG-5)."""
    live = [each for each in plan if each.draft]
    for each, line in zip(live, lines, strict=True):
        old, edit = each.old, each.edit
        if old is None or edit is None or line.trouble or not each.moves:
            continue
        if low := below_slip(old, line.ordered, each.field):
            yield low
        if edit.close_short and line.quantity >= old.quantity:
            facts = {"item": old.full_name, "pieces": old.quantity}
            text = N_("{item}: closing short keeps fewer than the {pieces} ordered.")
            yield Finding("CHG-5", Weight.STOP, text, facts, field=f"{each.field}.quantity")
