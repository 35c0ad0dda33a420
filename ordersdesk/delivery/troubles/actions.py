"""Trouble on the road: late, lost or damaged, whom we told, and the claim on the carrier (DLV-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.delivery.model.flow import TROUBLE_FLOW
from ordersdesk.delivery.model.labels import LATE, WAYS, known
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.troubles.queries import TROUBLES
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import _, clause_list, labelled
from ordersdesk.foundation.texts.money import formatted, rounded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.model.queries import by_id
from ordersdesk.orders.promise.rules import Due, was_kept
from ordersdesk.orders.terms.receiving_hours import said


@dataclass(frozen=True)
class Noted:
    """A trouble after a step: its number and where it stands."""

    number: str
    state: str
    slip: str


def note_within(desk: Desk, session: Session, slip: SlipHead, *, kind: str, cause: str, note: str = "") -> str:
    """Write a trouble about a slip and return its number; joins the caller's transaction."""
    why = clean(cause, field="cause", longest=NOTE)
    if not why:
        raise Refused("DLV-8", _("Say what caused it."), mend=_("A few words will do: --cause."), field="cause")
    values = {
        "slip_id": slip.id, "slip_number": slip.number, "order_id": slip.order_id,
        "customer_name": slip.customer_name, "kind": kind, "cause": why,
        "note": clean(note, field="note", longest=NOTE, lines=True), "claim_on": slip.carrier,
    }  # fmt: skip
    return TROUBLES.begin(desk, session, values, note=why).number


def late_within(desk: Desk, session: Session, slip: SlipHead, at: datetime) -> str:
    """Note by itself that goods came after what was promised, with the promise in it."""
    came = at.astimezone(desk.zone)
    if slip.promised_on is None or was_kept(
        due := Due(slip.promised_on, slip.promised_part, slip.latest), came, desk.policy
    ):
        return ""
    # The paper says what was promised when it was made; the order may have been promised for later since.
    order = by_id(session, slip.order_id)
    if isinstance(order.promised_on, date) and order.promised_on > due.day:
        due = Due(order.promised_on, order.promised_part, order.latest)
        if was_kept(due, came, desk.policy):
            return ""
    spoken: Any = due.part
    time = due.latest or said(spoken)
    promised = _("{day} {part}").format(day=f"{due.day}", part=time) if time else f"{due.day}"
    cause = _("Promised {promised}, came {came}.").format(promised=promised, came=f"{came:%Y-%m-%d %H:%M}")
    return note_within(desk, session, slip, kind=LATE, cause=cause)


@action
def told(desk: Desk, session: Session, number: str, *, how: str, note: str = "") -> Noted:
    """Note that the customer was told, and how."""
    way = known(how, WAYS, rule="DLV-8", field="how")
    changes = {"told_by": desk.user.login, "told_at": desk.now()}
    said = clean(note, field="note", longest=NOTE, lines=True)
    spoken = labelled(_(WAYS[way]), said) if said else _(WAYS[way])
    late = TROUBLES.by_number(desk, session, number).state in TROUBLE_FLOW.verb("tell_afterwards").from_
    return _step(desk, session, number, "tell_afterwards" if late else "tell", changes, spoken)


@action
def claim(desk: Desk, session: Session, number: str, *, amount: Decimal, on: str = "", note: str = "") -> Noted:
    """Claim an amount on the carrier, or whoever answers for it."""
    trouble = TROUBLES.by_number(desk, session, number)
    debtor = clean(on, field="on") or trouble.claim_on
    if not debtor:
        raise Refused("DLV-8", _("Say on whom the claim is."), mend=_("Name the carrier: --on NAME."), field="on")
    claimed = _more_than_nothing(amount)
    spoken = _("{amount} on {debtor}").format(amount=formatted(claimed), debtor=debtor)
    return _step(desk, session, number, "claim", {"claim_on": debtor, "claimed": claimed}, _joined(spoken, note))


@action
def settle(desk: Desk, session: Session, number: str, *, amount: Decimal, note: str = "") -> Noted:
    """Note what the claim brought in; nothing at all is an answer too, more than was claimed is none."""
    trouble = TROUBLES.by_number(desk, session, number)
    if amount < 0 or amount > trouble.claimed:
        raise Refused(
            "DLV-8",
            _("A claim of {claimed} brings between nothing and that.").format(claimed=formatted(trouble.claimed)),
            mend=_("Give what came in."),
            field="amount",
        )
    settled = rounded(amount)
    return _step(desk, session, number, "settle", {"settled": settled}, _joined(formatted(settled), note))


@action
def close(desk: Desk, session: Session, number: str, *, note: str = "") -> Noted:
    """Close a trouble the customer was told about and nothing is claimed for."""
    return _step(desk, session, number, "close", {}, clean(note, field="note", longest=NOTE, lines=True))


def _step(desk: Desk, session: Session, number: str, verb: str, changes: dict[str, Any], note: str) -> Noted:
    trouble = TROUBLES.by_number(desk, session, number)
    after = TROUBLES.step(desk, session, trouble, verb, changes=changes, note=note)
    return Noted(after.number, after.state, after.slip_number)


def _joined(spoken: str, note: str) -> str:
    return clause_list((spoken, clean(note, field="note", longest=NOTE, lines=True)))


def _more_than_nothing(amount: Decimal) -> Decimal:
    if amount <= 0:
        raise Refused(
            "DLV-8",
            _("A claim is for more than nothing."),
            mend=_("Give the amount that is claimed."),
            field="amount",
        )
    return rounded(amount)
