"""Refused at the door: what is kept, what comes again, what nobody wants, and the money anew (SLP-6)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlmodel import Session

from ordersdesk.catalogue.rules import amount
from ordersdesk.delivery.handover.actions import Back, Handed, on_the_road, receipt_of, stands, told_order
from ordersdesk.delivery.model.cash import NOTHING, after_refusal
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.labels import REFUSALS, known
from ordersdesk.delivery.model.notice_actions import tell_agent
from ordersdesk.delivery.model.queries import SLIP_LINE, held
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipGoods, SlipView
from ordersdesk.delivery.slips.revision_actions import settle_money
from ordersdesk.delivery.troubles.actions import late_within, note_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _, labelled, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.fulfilment.actions import Moved
from ordersdesk.orders.fulfilment.receipt_actions import serve_within
from ordersdesk.orders.fulfilment.refused_actions import close_refused
from ordersdesk.stock.leaving_actions import quarantine

TOLD = N_("{pieces} of {code} came back from {customer}, slip {slip}: {reason}.")
_REFUSE = Prepared(
    update(SLIP_LINE)
    .where(SLIP_LINE.c.id == bindparam("line"))
    .values(refused=bindparam("pieces_back"), refused_why=bindparam("because"))
)

Taken = list[tuple[SlipGoods, int, str]]  # a line, the pieces that came back, and the reason's code


@action
def partly_refused(
    desk: Desk,
    session: Session,
    number: str,
    refused: Mapping[int, int],
    why: str | Mapping[int, str],
    handed: Handed | None = None,
) -> Back:
    """Note pieces that were refused at the door, by the line's position, with one reason or one for each line.

    A slip of which nothing stayed with the customer has failed.
    """
    slip, said = on_the_road(desk, session, number), handed or Handed()
    taken = _taken(slip, refused, why)
    less = sum((line.amount - amount(line.price, line.pieces - count) for line, count, _why in taken), NOTHING)
    sums = after_refusal(slip.head.goods, less, slip.head.fee, slip.head.deposit)
    changes = receipt_of(desk, slip, said, due=sums.due)
    changes |= {"fee": sums.fee, "deposit": sums.deposit, "due": sums.due, "why": changes["why"] or taken[0][2]}
    note = word_list(labelled(f"{line.code} × {count}", _(REFUSALS[code].name)) for line, count, code in taken)
    verb = "refuse" if sum(count for _line, count, _why in taken) < slip.head.pieces else "refuse_all"
    advance(desk, session, SLIP_FLOW, Slip, held(slip.head), verb, changes=changes, note=note)
    _REFUSE.many(session, [{"line": ln.id, "pieces_back": count, "because": code} for ln, count, code in taken])
    _off_the_order(desk, session, slip, taken, note)
    moves = [(line.item_id, slip.head.warehouse_id, count) for line, count, _code in taken]
    quarantine(desk, session, moves, slip.head.number)
    settle_money(desk, session, slip.head.order_id)
    for line, count, code in taken:
        facts = {
            "pieces": count, "code": line.code, "customer": slip.head.customer_name, "slip": slip.head.number,
            "reason": _(REFUSALS[code].name),
        }  # fmt: skip
        tell_agent(desk, session, slip.head.order_id, rule="SLP-6", text=TOLD, facts=facts)
    serve_within(desk, session, (line.code for line, _count, code in taken if REFUSALS[code].comes_again))
    trouble = _troubles(desk, session, slip, taken) or late_within(desk, session, slip.head, changes["signed_at"])
    order = stands(desk, session, slip, changes["signed_at"])
    return Back(slip.head.number, SLIP_FLOW.verb(verb).to[0], sums.due, changes["collected"], order, trouble)


def _taken(slip: SlipView, refused: Mapping[int, int], why: str | Mapping[int, str]) -> Taken:
    """Read what came back; refused (SLP-6) for a line there is not, or more pieces than were on it."""
    lines = {line.position: line for line in slip.lines}
    taken: Taken = []
    for position, count in sorted(refused.items()):
        line = lines.get(position)
        if line is None or not 0 <= count <= line.pieces:
            raise _no_such(slip, position, count, line)
        if count:
            said = why if isinstance(why, str) else why.get(position, "")
            taken.append((line, count, known(said, REFUSALS, rule="SLP-6", field="why")))
    if not taken:
        raise Refused(
            "SLP-6",
            _("Nothing of {number} was refused.").format(number=slip.head.number),
            mend=_("Note it as delivered, or say how many pieces of which line came back."),
            field="refused",
        )
    return taken


def _no_such(slip: SlipView, position: int, count: int, line: SlipGoods | None) -> Refused:
    if line is None:
        text = _("{number} has no line {position}.").format(number=slip.head.number, position=position)
        mend = _("Its lines are {lines}.").format(lines=word_list(str(each.position) for each in slip.lines))
    else:
        text = _("Line {position} has {pieces}, so {count} cannot come back.").format(
            position=position, pieces=line.pieces, count=count
        )
        mend = _("Count what is in the van.")
    return Refused("SLP-6", text, mend=mend, field="refused")


def _off_the_order(desk: Desk, session: Session, slip: SlipView, taken: Taken, note: str) -> None:
    """Move the order's counters: what was kept is delivered, what is wanted is short again, the rest is closed."""
    back = {line.id: (count, REFUSALS[code].comes_again) for line, count, code in taken}
    moved: dict[int, Moved] = {}
    closed: dict[int, int] = {}
    for line in slip.lines:
        count, again = back.get(line.id, (0, False))
        moved[line.order_line_id] = Moved(
            allocated=-count, released=-count, shipped=-count, delivered=line.pieces - count,
            short=count if again else 0,
        )  # fmt: skip
        if count and not again:
            closed[line.order_line_id] = count
    told_order(desk, session, slip, moved, step="refused", note=note)
    if closed:
        close_refused(desk, session, slip.head.order_id, closed, note)


def _troubles(desk: Desk, session: Session, slip: SlipView, taken: Taken) -> str:
    """Note trouble for what was damaged on the way (DLV-8)."""
    for kind in sorted({REFUSALS[code].trouble for _line, _count, code in taken} - {""}):
        broken = [f"{line.code} × {count}" for line, count, code in taken if REFUSALS[code].trouble == kind]
        cause = _("Refused at the door: {goods}.").format(goods=word_list(broken))
        return note_within(desk, session, slip.head, kind=kind, cause=cause)
    return ""
