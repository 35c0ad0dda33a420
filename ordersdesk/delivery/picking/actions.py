"""Picking: pieces are fetched and parcels counted; what the shelf lacks goes back to its order (SLP-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import bindparam, update
from sqlmodel import Session

from ordersdesk.catalogue.rules import amount
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.notice_actions import tell_agent
from ordersdesk.delivery.model.picking_queries import weighed
from ordersdesk.delivery.model.queries import SLIP_LINE, held, held_slip
from ordersdesk.delivery.model.rules import totals
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.picking.rules import counted, lacking
from ordersdesk.delivery.slips.revision_actions import settle_money
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.stock.leaving_actions import miss

TOLD = N_("{pieces} {unit} of {code} were not on the shelf for slip {slip}; the order waits for them.")
LACKED = N_("not found for slip {slip}: {goods}")
NOTHING_FOUND = N_("Nothing of it was on the shelf.")
_SHRINK = Prepared(
    update(SLIP_LINE)
    .where(SLIP_LINE.c.id == bindparam("line"))
    .values(pieces=bindparam("found"), amount=bindparam("costs"))
)


@dataclass(frozen=True)
class Missed:
    """Pieces of one line that the shelf did not have."""

    position: int
    code: str
    name: str
    unit: str
    asked: int
    found: int


@dataclass(frozen=True)
class Picked:
    """A slip after picking; when pieces were missing, its paper says more than goes."""

    number: str
    order: str
    customer: str
    state: str
    pieces: int
    parcels: int
    due: Decimal
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True)
class _Work:
    slip: SlipView
    short: dict[int, int]
    """By line of the slip, what the shelf lacks."""

    @property
    def pieces(self) -> int:
        """What there is of it."""
        return self.slip.head.pieces - sum(self.short.values())

    def goods(self) -> str:
        """Say what is missing."""
        return word_list(f"{line.code} × {self.short[line.id]}" for line in self.slip.lines if line.id in self.short)


@action
def pick(
    desk: Desk, session: Session, number: str, *, found: Mapping[int, int] | None = None, parcels: int = 1
) -> Picked:
    """Note a slip as picked: all of it, or by position what was found; two who pick it do so once (SLP-4)."""
    return pick_within(desk, session, number, found=found, parcels=parcels)


@action
def pick_all(desk: Desk, session: Session, numbers: Sequence[str], *, parcels: int = 1) -> list[Picked]:
    """Note slips as picked of which everything was found: all of them, or none when one of them cannot be."""
    wanted = sorted({number.strip().upper() for number in numbers})
    return [pick_within(desk, session, number, parcels=parcels) for number in wanted]


def pick_within(
    desk: Desk, session: Session, number: str, *, found: Mapping[int, int] | None = None, parcels: int = 1
) -> Picked:
    """Do the same inside the caller's transaction."""
    slip = held_slip(desk, session, number, lock=True)
    step = SLIP_FLOW.verb("pick")
    SLIP_FLOW.check(step, roles=desk.user.roles, state=slip.head.state, number=slip.head.number)
    work = _Work(slip, lacking(slip, found))
    if not work.pieces:
        _nothing(desk, session, work)
    else:
        _picked(desk, session, work, counted(parcels))
    if work.short:
        _missed(desk, session, work)
    return _said(held_slip(desk, session, number), work)


def _picked(desk: Desk, session: Session, work: _Work, parcels: int) -> None:
    head = work.slip.head
    changes = {"parcels": parcels, "picked_by": desk.user.login}
    note = _("parcels: {parcels}").format(parcels=parcels)
    if work.short:
        _shrink(session, work)
        changes |= totals(weighed(session, head.id), fee=head.fee, deposit=head.deposit, policy=desk.policy)
        note = _("parcels: {parcels}; not found: {goods}").format(parcels=parcels, goods=work.goods())
    advance(desk, session, SLIP_FLOW, Slip, held(head), "pick", changes=changes, note=note)


def _shrink(session: Session, work: _Work) -> None:
    left = [(line, line.pieces - work.short[line.id]) for line in work.slip.lines if line.id in work.short]
    _SHRINK.many(session, [{"line": line.id, "found": n, "costs": amount(line.price, n)} for line, n in left])


def _nothing(desk: Desk, session: Session, work: _Work) -> None:
    """A picked slip with nothing on it is no slip: it is void, and its pieces are waited for."""
    why = _(NOTHING_FOUND)
    advance(desk, session, SLIP_FLOW, Slip, held(work.slip.head), "miss_all", changes={"why": why}, note=why)


def _missed(desk: Desk, session: Session, work: _Work) -> None:
    """Give what the shelf lacks back to the order as missing, and take it off the book."""
    head = work.slip.head
    lines = [(line, work.short[line.id]) for line in work.slip.lines if line.id in work.short]
    moved = {line.order_line_id: Moved(allocated=-n, released=-n, short=n) for line, n in lines}
    note = _(LACKED).format(slip=head.number, goods=work.goods())
    fulfil(desk, session, head.order_id, moved, note=note, details={"slip": head.number})
    miss(desk, session, [(head.order_id, line.item_id, head.warehouse_id, n) for line, n in lines], head.number)
    settle_money(desk, session, head.order_id)
    for line, count in lines:
        facts = {"pieces": count, "unit": line.unit, "code": line.code, "slip": head.number}
        tell_agent(desk, session, head.order_id, rule="SLP-4", text=TOLD, facts=facts)


def _said(slip: SlipView, work: _Work) -> Picked:
    head = slip.head
    missed = tuple(
        Missed(line.position, line.code, line.name, line.unit, line.asked, line.pieces - work.short[line.id])
        for line in work.slip.lines
        if line.id in work.short
    )
    return Picked(
        head.number, head.order_number, head.customer_name, head.state, work.pieces, head.parcels, head.due, missed
    )
