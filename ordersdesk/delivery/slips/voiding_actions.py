"""Voiding: a slip that shall not go gives its pieces back to its order, free for another slip (SLP-9)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import held, held_slip
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.delivery.slips.print_rules import is_alive
from ordersdesk.delivery.slips.revision_actions import settle_money
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.fulfilment.actions import Moved, fulfil

VOID = N_("slip {slip} void: {reason}")
ON_PAPER = ("printed", "picked")


@action
def void(desk: Desk, session: Session, number: str, *, reason: str) -> SlipView:
    """Void a slip before it is loaded (SLP-9); a reason is needed. Printed papers of it are to be torn up."""
    said = clean(reason, field="reason", longest=500)
    if not said:
        raise Refused("SLP-9", _("Why is it void?"), mend=_("Give a reason."), field="reason")
    slip = held_slip(desk, session, number, lock=True)
    void_within(desk, session, slip, reason=said)
    return held_slip(desk, session, number)


def void_within(desk: Desk, session: Session, slip: SlipView, *, reason: str) -> None:
    """Do the same inside the caller's transaction."""
    head = slip.head
    SLIP_FLOW.check(SLIP_FLOW.verb("void"), roles=desk.user.roles, state=head.state, number=head.number)
    end(desk, session, head, "void", reason=reason)
    note = _(VOID).format(slip=head.number, reason=reason)
    fulfil(desk, session, head.order_id, given_back(slip), note=note, details={"slip": head.number})
    settle_money(desk, session, head.order_id)


def end(desk: Desk, session: Session, head: SlipHead, verb: str, *, reason: str) -> None:
    """Make a slip void by `void` or `fall_away`; the counters of its order are the caller's to move."""
    refuse_printing(desk, head)
    changes = {"why": reason, "sheet_id": None, "place": 0}
    advance(desk, session, SLIP_FLOW, Slip, held(head), verb, changes=changes, note=reason)


def given_back(slip: SlipView) -> dict[int, Moved]:
    """Return what a slip's lines take off the counters of its order."""
    released = slip.head.state in ON_PAPER
    return {line.order_line_id: Moved(-line.pieces, -line.pieces if released else 0) for line in slip.lines}


def refuse_printing(desk: Desk, head: SlipHead) -> None:
    """Refuse (SLP-2) while a printing has the slip: what is on paper must be what is in the book."""
    if is_printing(desk, head):
        raise Refused(
            "SLP-2",
            _("{slip} is being printed right now.").format(slip=head.number),
            mend=_("Wait until its printing is through, or for {minutes} minutes.").format(
                minutes=desk.policy.slips.job_minutes
            ),
            field="number",
        )


def is_printing(desk: Desk, head: SlipHead) -> bool:
    """Tell whether a printing took the slip and may still say how it went."""
    return is_alive(head.job, head.job_at, desk.now(), desk.policy.slips.job_minutes)
