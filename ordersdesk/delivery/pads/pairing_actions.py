"""Pairing handwritten slips with the system's, and taking a wrong pair apart (SLP-7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.pads.queries import (
    NOUGHT,
    PAD_SLIP,
    Entry,
    Target,
    entered_on_slip,
    entries,
    pad_of,
    slip_named,
    slips_of_order,
)
from ordersdesk.delivery.pads.rules import PAIRS, UNPAIRS, number_said, number_typed
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.phones.spelling import plain
from ordersdesk.foundation.texts.language import _, labelled, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.terms.flow import ORDER_FLOW

PAIRED, UNPAIRED = "handwritten", "handwritten taken off"


@dataclass(frozen=True)
class Entered:
    """What a handwritten number is now paired with, and what somebody should know about it."""

    number: str
    order: str
    slip: str
    amount: Decimal
    spoiled: bool
    warnings: tuple[str, ...]


@action
def pair(desk: Desk, session: Session, *, number: str, slip: str = "") -> Entered:
    """Pair an entered number with a slip; without one named, with the only slip of its order."""
    desk.needs(*PAIRS, doing=_("pair handwritten slips"))
    one = _entry(desk, session, number, paired=False)
    target = slip_typed(desk, session, slip) if slip else _only_slip(desk, session, one)
    warnings = noticed(desk, session, target, one.amount)
    values = pairing(desk, target) | {"order_id": target.order_id}
    session.connection().execute(update(PAD_SLIP).where(PAD_SLIP.c.id == one.id).values(**values))
    said = number_said(desk.policy, one.number)
    tell(desk, session, said, target.order_id, target, PAIRED, details={"reason": one.reason})
    return Entered(said, target.order_number, target.number, one.amount, False, tuple(warnings))


@action
def unpair(desk: Desk, session: Session, *, number: str, why: str) -> Entered:
    """Take a number off the slip it was paired with by mistake (finance only); the story of both says why."""
    desk.needs(*UNPAIRS, doing=_("unpair handwritten slips"))
    reason = _why(why)
    one = _entry(desk, session, number, paired=True)
    free: dict[str, Any] = {"slip_id": None, "order_id": None, "paired_at": None, "paired_by": ""}
    session.connection().execute(update(PAD_SLIP).where(PAD_SLIP.c.id == one.id).values(**free))
    target = slip_named(desk, session, one.slip_number or "")
    assert target is not None
    said = number_said(desk.policy, one.number)
    tell(desk, session, said, target.order_id, target, UNPAIRED, note=reason)
    return Entered(said, "", "", one.amount, one.spoiled, ())


@action
def strike(desk: Desk, session: Session, *, number: str, why: str) -> Entered:
    """Take out what was entered by mistake (finance only), the newer of two; its pad's story keeps what it said."""
    desk.needs(*UNPAIRS, doing=_("strike handwritten slips"))
    reason, wanted = _why(why), number_typed(number, desk.policy)
    pad_of(desk, session, wanted, lock=True)
    said, found = number_said(desk.policy, wanted), entries(desk, session, wanted)
    if not found:
        raise Refused(
            "SLP-7",
            _("{number} was not entered.").format(number=said),
            mend=_("Look at the list: ordersdesk pads check"),
            field="number",
        )
    one = found[-1]
    session.connection().execute(delete(PAD_SLIP).where(PAD_SLIP.c.id == one.id))
    kept = {"number": said, "slip": one.slip_number or "", "order": one.order_number or "", "amount": str(one.amount)}
    kept |= {"by": one.entered_by, "customer": one.customer, "reason": one.reason, "day": str(one.written_on)}
    record(desk, session, "pad", one.pad_id, "struck", rule="SLP-7", note=reason, details=kept)
    if one.order_id:
        target = slip_named(desk, session, one.slip_number or "")
        tell(desk, session, said, one.order_id, target, UNPAIRED, note=reason)
    return Entered(said, "", "", one.amount, one.spoiled, ())


def _why(text: str) -> str:
    reason = clean(text, field="why")
    if not reason:
        raise Refused("SLP-7", _("Say why."), mend=_("Write the reason."), field="why")
    return reason


def slip_typed(desk: Desk, session: Session, typed: str) -> Target:
    """Return a slip by its number; refused (SLP-7) when there is none that stands."""
    wanted = plain(typed).upper()
    found = slip_named(desk, session, wanted)
    if found is None or found.state == "void":
        text = _("There is no slip {number}.") if found is None else _("{number} is void.")
        raise Refused(
            "SLP-7", text.format(number=wanted[:40]), mend=_("Name a slip that stands, or its order."), field="belongs"
        )
    return found


def _only_slip(desk: Desk, session: Session, one: Entry) -> Target:
    found = slips_of_order(session, one.order_id) if one.order_id else []
    if len(found) > 1:
        raise several(one.order_number or "", found)
    if not found:
        raise Refused(
            "SLP-7",
            _("There is no slip to pair {number} with.").format(number=number_said(desk.policy, one.number)),
            mend=_("Name the slip."),
            field="belongs",
        )
    return found[0]


def several(order: str, found: Sequence[Target]) -> Refused:
    """Build the refusal of an order with several slips: which one is meant?"""
    return Refused(
        "SLP-7",
        _("{order} has {count} slips.").format(order=order, count=len(found)),
        mend=_("Name the one: {slips}.").format(slips=word_list(slip.number for slip in found)),
        field="belongs",
    )


def noticed(desk: Desk, session: Session, slip: Target, amount: Decimal) -> list[str]:
    """Say what should be known of a pair: another handwritten slip beside it, an amount that differs."""
    others = entered_on_slip(desk, session, slip.id)
    said = [
        _("{slip} has {number} already.").format(slip=slip.number, number=number_said(desk.policy, other.number))
        for other in others
    ]
    total = amount + sum((other.amount for other in others), NOUGHT)
    if amount and total != slip.total:
        text = _("The handwritten amount is {amount}, the slip's {total}: {difference} between them.")
        facts = {"amount": total, "total": slip.total, "difference": abs(total - slip.total)}
        said.append(text.format(**{name: formatted(value) for name, value in facts.items()}))
    return said


def pairing(desk: Desk, slip: Target | None) -> dict[str, Any]:
    """Return the columns that say what an entry is paired with."""
    if slip is None:
        return {"slip_id": None, "paired_at": None, "paired_by": ""}
    return {"slip_id": slip.id, "paired_at": desk.now(), "paired_by": desk.user.login}


def _entry(desk: Desk, session: Session, number: str, *, paired: bool) -> Entry:
    """Return the entry a number stands for: of two with it, the one that can still be paired or unpaired."""
    wanted = number_typed(number, desk.policy)
    pad_of(desk, session, wanted, lock=True)
    said, found = number_said(desk.policy, wanted), entries(desk, session, wanted)
    fitting = [one for one in found if one.is_paired == paired and not one.spoiled]
    if fitting:
        return fitting[0]
    if not found:
        text, mend = _("{number} was not entered."), _("Enter it: ordersdesk pads enter {number}")
    elif found[0].spoiled:
        text, mend = _("{number} is spoiled."), _("Enter it again when it was used all the same.")
    elif paired:
        text, mend = _("{number} is paired with no slip."), _("Look at the list: ordersdesk pads check")
    else:
        slip = found[0].slip_number or ""
        text, mend = _("{number} is paired with {slip}.").replace("{slip}", slip), _("Finance can unpair them.")
    raise Refused("SLP-7", text.format(number=said), mend=mend.format(number=said), field="number")


def tell(
    desk: Desk, session: Session, said: str, order_id: int, slip: Target | None, verb: str, *,
    note: str = "", details: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Tell both stories: the slip's and its order's."""
    text = labelled(said, note) if note else said
    more = {"number": said, "slip": slip.number if slip else "", **(details or {})}
    record(desk, session, ORDER_FLOW.kind, order_id, verb, rule="SLP-7", note=text, details=more)
    if slip:
        record(desk, session, SLIP_FLOW.kind, slip.id, verb, rule="SLP-7", note=text, details=more)
