"""Handing in what a sheet's driver collected: expected against handed in, a difference explained (PAY-6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.delivery.model.cash import NOTHING, unexplained
from ordersdesk.delivery.model.flow import ROUTE_FLOW
from ordersdesk.delivery.model.notice_actions import tell_finance
from ordersdesk.delivery.routes.queries import ROUTES, of_sheet, view
from ordersdesk.delivery.routes.views import SheetView
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import N_, _, ngettext, word_list
from ordersdesk.foundation.texts.money import formatted, rounded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean

DIFFERS = N_("{sheet}: {handed} handed in, {expected} collected: {reason}.")
NAMED = 5  # open slips a refusal names


@dataclass(frozen=True)
class HandedIn:
    """A sheet that is back: what was collected, what was handed in, and the difference."""

    number: str
    expected: Decimal
    handed_in: Decimal
    difference: Decimal


@action
def hand_in(desk: Desk, session: Session, number: str, amount: Decimal, why: str = "") -> HandedIn:
    """Take in the cash of a sheet; refused (PAY-6) while slips of it are open, or when a difference has no word why."""
    head = ROUTES.by_number(desk, session, number, lock=True)
    ROUTE_FLOW.check(ROUTE_FLOW.verb("hand_in"), roles=desk.user.roles, state=head.state, number=head.number)
    sheet = view(desk, head, of_sheet(session, head.id, lock=True))
    _refuse_open(sheet)
    reason, came = clean(why, field="why", longest=NOTE), rounded(amount)
    if came < 0:
        raise Refused("PAY-6", _("Less than nothing cannot be handed in."), mend=_("Count it again."), field="cash")
    if came != sheet.collected and not reason:
        raise unexplained(came, sheet.collected, field="why")
    changes = {
        "expected": sheet.collected, "handed_in": came, "difference_why": reason if came != sheet.collected else "",
        "back_at": desk.now(),
    }  # fmt: skip
    note = _("{handed} of {expected}").format(handed=formatted(came), expected=formatted(sheet.collected))
    ROUTES.step(desk, session, head, "hand_in", changes=changes, note=note)
    if came != sheet.collected:
        _tell(desk, session, sheet, came, reason)
    return HandedIn(head.number, sheet.collected, came, came - sheet.collected)


def _refuse_open(sheet: SheetView) -> None:
    if not sheet.open:
        return
    numbers = [slip.number for slip in sheet.open]
    named = word_list(numbers[:NAMED]) + (" …" if len(numbers) > NAMED else "")
    raise Refused(
        "PAY-6",
        ngettext(
            "{count} slip of {sheet} is not back: {slips}.",
            "{count} slips of {sheet} are not back: {slips}.",
            len(numbers),
        ).format(count=len(numbers), sheet=sheet.head.number, slips=named),
        mend=_("Say of each what became of it first."),
        field="number",
    )


def _tell(desk: Desk, session: Session, sheet: SheetView, came: Decimal, reason: str) -> None:
    """Tell finance, at the order whose money is most likely the one: the largest sum that was collected."""
    about = max(sheet.slips, key=lambda slip: (slip.collected or NOTHING, -slip.place))
    facts = {
        "sheet": sheet.head.number, "handed": formatted(came), "expected": formatted(sheet.collected),
        "reason": reason,
    }  # fmt: skip
    tell_finance(desk, session, about.order_id, rule="PAY-6", text=DIFFERS, facts=facts)
