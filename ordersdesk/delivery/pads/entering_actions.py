"""Entering handwritten slips afterwards, each with what it belongs to (SLP-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.pads.pairing_actions import PAIRED, Entered, noticed, pairing, several, slip_typed, tell
from ordersdesk.delivery.pads.queries import NOUGHT, PAD_SLIP, HeldPad, Target, day_of, entries, pad_of, slips_of_order
from ordersdesk.delivery.pads.rules import ENTERS, number_said, number_typed, reason_typed
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.phones.spelling import plain
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import parsed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.model.queries import held_order
from ordersdesk.people.names import person


class Doubled(Refused):
    """The number was entered before; entered again, it is listed as doubled."""


@dataclass(frozen=True, kw_only=True)
class Handwritten:
    """A handwritten slip as it is typed in: `belongs` is the number of its slip or of its order."""

    number: str
    reason: str = ""
    belongs: str = ""
    on: date | None = None
    amount: str | Decimal = ""
    customer: str = ""
    note: str = ""
    spoiled: bool = False


@action
def enter(desk: Desk, session: Session, paper: Handwritten, *, again: bool = False) -> Entered:
    """Enter a handwritten slip; refused (SLP-7) when its number was entered before, unless two papers bear it."""
    desk.needs(*ENTERS, doing=_("enter handwritten slips"))
    number = number_typed(paper.number, desk.policy)
    pad = pad_of(desk, session, number, lock=True)
    warnings = [*_doubled(desk, session, number, again), *_blank(desk, pad)]
    values = _values(desk, paper, pad)
    order_id, order_number, slip = (None, "", None) if paper.spoiled else _belongs(desk, session, paper)
    if slip:
        warnings += noticed(desk, session, slip, values["amount"])
    elif order_number:
        warnings.append(_("{order} has no slip yet: pair it when it is made.").format(order=order_number))
    values |= {"number": number, "pad_id": pad.id, "order_id": order_id, **pairing(desk, slip)}
    session.connection().execute(insert(PAD_SLIP), values)
    said = number_said(desk.policy, number)
    if order_id:
        tell(desk, session, said, order_id, slip, PAIRED, details={"reason": values["reason"]})
    return Entered(said, order_number, slip.number if slip else "", values["amount"], paper.spoiled, tuple(warnings))


def _values(desk: Desk, paper: Handwritten, pad: HeldPad) -> dict[str, Any]:
    """Return what is kept of a paper, checked."""
    note = clean(paper.note, field="note", longest=NOTE, lines=True)
    reason = "" if paper.spoiled and not paper.reason else reason_typed(paper.reason, note)
    day, issued = paper.on or desk.today(), day_of(desk, pad.issued_at)
    if not issued <= day <= desk.today():
        raise Refused(
            "SLP-7",
            _("{day} is not between the day its pad was issued and today.").format(day=day),
            mend=_("Give a day from {first} to {last}.").format(first=issued, last=desk.today()),
            field="on",
        )
    return {
        "branch": desk.branch, "spoiled": paper.spoiled, "reason": reason, "written_on": day, "note": note,
        "customer": clean(paper.customer, field="customer"), "amount": _amount(paper.amount),
        "entered_at": desk.now(), "entered_by": desk.user.login,
    }  # fmt: skip


def _amount(typed: str | Decimal) -> Decimal:
    amount = parsed(plain(str(typed)), field="amount") if str(typed).strip() else NOUGHT
    if amount < 0:
        raise Refused("SLP-7", _("An amount is not below nought."), mend=_("Write it like 1234.50."), field="amount")
    return amount


def _doubled(desk: Desk, session: Session, number: int, again: bool) -> list[str]:
    """Say that the number was entered before; refused (SLP-7) unless it is meant."""
    before = entries(desk, session, number)
    if not before:
        return []
    last = before[-1]
    facts = {"number": number_said(desk.policy, number), "who": person(desk, last.entered_by),
             "when": f"{last.entered_at.astimezone(desk.zone):%Y-%m-%d %H:%M}"}  # fmt: skip
    about = last.slip_number or last.order_number or last.customer
    said = _("{number} was entered by {who} on {when} for {what}.").format(**facts, what=about)
    if not about:
        said = _("{number} was entered by {who} on {when}.").format(**facts)
    if again:
        return [said, _("It is listed as doubled.")]
    raise Doubled(
        "SLP-7", said, mend=_("Enter it again only when two papers bear this number: --again"), field="number"
    )


def _blank(desk: Desk, pad: HeldPad) -> list[str]:
    return [] if pad.login else [_("This sheet was said to have come back blank.")]


def _belongs(desk: Desk, session: Session, paper: Handwritten) -> tuple[int | None, str, Target | None]:
    """Return order and slip of a paper: the slip that is named, else the only slip of the order that is."""
    typed = plain(paper.belongs).upper()
    if not typed:
        if not paper.customer.strip():
            raise Refused(
                "SLP-7",
                _("Say what the slip belongs to."),
                mend=_("Its order, its slip, or the customer in words while there is no order."),
                field="belongs",
            )
        return None, "", None
    if typed.startswith(SLIP_FLOW.prefix):
        slip = slip_typed(desk, session, typed)
        return slip.order_id, slip.order_number, slip
    order = _order(desk, session, typed)
    found = slips_of_order(session, order[0])
    if len(found) > 1:
        raise several(order[1], found)
    return *order, found[0] if found else None


def _order(desk: Desk, session: Session, typed: str) -> tuple[int, str]:
    try:
        order = held_order(desk, session, typed)
    except Refused as no:
        raise Refused(no.rule, no.message, mend=no.mend, field="belongs") from no
    return order.id, order.number
