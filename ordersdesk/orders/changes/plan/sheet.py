"""What a change does to the confirmation sheet and the deposit: pure, over plain values (ORD-6, QUO-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.assessment.case import Case, Finding, Weight
from ordersdesk.orders.assessment.sheet_rules import (
    NONE,
    PURCHASE,
    SENT,
    WANTED,
    conditional,
    deposit_of,
    sheet_columns,
)
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.payment_status import still_ahead


def covers(signed: Sequence[Agreed], new: Sequence[Agreed]) -> bool:
    """Tell whether what was agreed covers the new lines: less of the same at no higher price needs no new word."""
    return all(
        _pieces(new, bought=bought) <= _pieces(signed, bought=bought) for bought in (False, True)
    ) and not _dearer(signed, new)


def _pieces(lines: Sequence[Agreed], *, bought: bool) -> Counter[int]:
    pieces: Counter[int] = Counter()
    for line in lines:
        if bought and line.shortage != PURCHASE:
            continue
        pieces[line.item_id] += line.short if bought else line.quantity
    return pieces


def _dearer(signed: Sequence[Agreed], new: Sequence[Agreed]) -> bool:
    most: dict[int, Decimal] = {}
    for line in signed:
        most[line.item_id] = max(line.price, most.get(line.item_id, line.price))
    return any(line.quantity and line.price > most.get(line.item_id, line.price) for line in new)


def sheet_after(head: Summary, signed: Sequence[Agreed], new: Sequence[Agreed], case: Case) -> dict[str, Any]:
    """Return the columns of sheet and deposit that a change moves.

    A sheet is needed anew when it lists other than what is out or signed; a deposit that is in stays in as long as
    it is enough.
    """
    wanted, deposit = sheet_columns(case), _deposit(head, deposit_of(case))
    if wanted["sheet"] == NONE:
        gone = {"sheet": NONE, "sheet_due_on": None, "sheet_anew": False}
        return deposit | (gone if head.sheet in (WANTED, SENT) else {})
    if covers(signed, new) and case.payment == head.payment:
        return deposit if deposit.get("deposit", head.deposit) < head.deposit else {}
    if head.sheet == WANTED and bool(head.sheet_due_on) == bool(wanted["sheet_due_on"]):
        return deposit  # it is still to be sent, and then lists what is agreed by then
    names = ("sheet", "sheet_due_on", "sheet_sent_at", "sheet_returned_at")
    return deposit | {name: wanted[name] for name in names} | {"sheet_anew": True}


def _deposit(head: Summary, due: Decimal) -> dict[str, Any]:
    if due == head.deposit:
        return {}
    return {"deposit": due}


def under_way(policy: Policy, head: Summary, lines: Sequence[Agreed], moves: Mapping[str, Any]) -> Iterator[Finding]:
    """Stop a change that would make an order wait of which goods are on slips or gone already."""
    if head.state != "confirmed" or not any(line.stuck for line in lines):
        return
    if moves.get("sheet") == WANTED and moves.get("sheet_due_on") is not None:
        text = N_("Goods are on their way, and what is added must be signed for first: take a new order for it.")
        yield Finding("ORD-6", Weight.STOP, text, field="lines")
    doors = policy.slips.at_the_door
    if still_ahead(conditional(asdict(head) | dict(moves)), doors) > still_ahead(head, doors):
        text = N_("Goods are on their way, and what is added must be paid first: take a new order for it.")
        yield Finding("PAY-3", Weight.STOP, text, field="payment" if "payment" in moves else "lines")
