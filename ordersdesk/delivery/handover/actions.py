"""Back from the road: what was delivered, when, who signed, and what came at the door (SLP-6, PAY-6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from ordersdesk.delivery.model.cash import NOTHING, at_the_door, collected
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import SLIP, goods_of, held, held_slip
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.delivery.routes.departing_actions import progress
from ordersdesk.delivery.routes.queries import ROUTES, of_sheet
from ordersdesk.delivery.troubles.actions import late_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.fulfilment.actions import Moved, fulfil, fulfil_many
from ordersdesk.orders.fulfilment.closing_actions import Brought, Stands, came_back

_KEPT = SLIP.c.state.in_(("delivered", "refused"))
_BROUGHT = Prepared(
    select(
        func.sum(SLIP.c.collected),
        *(func.sum(case((_KEPT, SLIP.c[name]))) for name in ("due", "deposit")),
    ).where(SLIP.c.order_id == bindparam("order"))
)


@dataclass(frozen=True)
class Back:
    """What became of a slip, and where its order stands now."""

    number: str
    state: str
    due: Decimal
    collected: Decimal
    order: Stands
    trouble: str = ""
    """The number of the trouble that was noted by itself: too late, or damaged (DLV-8)."""


@dataclass(frozen=True)
class Handed:
    """How goods were handed over: who signed when, what was paid, and why that differs from what is due."""

    signed_by: str = ""
    """Empty when the contact of the slip signed."""
    at: datetime | None = None
    collected: Decimal | None = None
    """Nothing said is what is due at the door."""
    why: str = ""


@action
def delivered(desk: Desk, session: Session, number: str, handed: Handed | None = None) -> Back:
    """Note that a slip was delivered whole; refused (PAY-6) when another sum came and nobody says why."""
    return _delivered(desk, session, [on_the_road(desk, session, number)], handed or Handed())[0]


@action
def deliver_all(desk: Desk, session: Session, sheet: str, handed: Handed | None = None) -> list[Back]:
    """Note that all is well with the slips of a sheet nobody has told about yet."""
    head = ROUTES.by_number(desk, session, sheet, lock=True)
    said = handed or Handed()
    if said.collected is not None:
        raise Refused(
            "PAY-6",
            _("A sum belongs to one slip."),
            mend=_("Note it at its slip: `ordersdesk routes back SL… --collected X`."),
            field="collected",
        )
    left = [slip for slip in of_sheet(session, head.id, lock=True) if slip.state == "loaded"]
    goods = goods_of(session, [slip.id for slip in left])
    slips = [SlipView(slip, tuple(goods[slip.id])) for slip in left]
    for slip in slips:
        _refuse_here(slip.head)
    return _delivered(desk, session, slips, said)


def _delivered(desk: Desk, session: Session, slips: Sequence[SlipView], handed: Handed) -> list[Back]:
    """Write slips as delivered: all of them first, then what follows for their orders."""
    kept: list[dict[str, Any]] = []
    for slip in slips:
        changes = receipt_of(desk, slip, handed, due=slip.head.due)
        note = _told_money(desk, slip, changes["collected"], slip.head.due, handed.why)
        advance(desk, session, SLIP_FLOW, Slip, held(slip.head), "deliver", changes=changes, note=note)
        kept.append(changes)
    fulfil_many(desk, session, progress(slips, "delivered"))
    return [
        Back(
            slip.head.number,
            "delivered",
            slip.head.due,
            changes["collected"],
            stands(desk, session, slip, changes["signed_at"]),
            late_within(desk, session, slip.head, changes["signed_at"]),
        )
        for slip, changes in zip(slips, kept, strict=True)
    ]


def on_the_road(desk: Desk, session: Session, number: str) -> SlipView:
    """Return a slip that has left and is not back; refused (SLP-6) when it has not left."""
    slip = held_slip(desk, session, number, lock=True)
    _refuse_here(slip.head)
    return slip


def _refuse_here(slip: SlipHead) -> None:
    if slip.state == "loaded" and slip.left_at is None:
        raise Refused(
            "SLP-6",
            _("{number} has not left the house.").format(number=slip.number),
            mend=_("Let its route sheet depart first."),
            field="number",
        )


def receipt_of(desk: Desk, slip: SlipView, handed: Handed, *, due: Decimal) -> dict[str, Any]:
    """Return what a slip keeps of its handing over; refused when the time or the sum cannot be."""
    expected = at_the_door(slip.head.payment, due, desk.policy.slips.at_the_door)
    why = clean(handed.why, field="why", longest=NOTE)
    at = handed.at or desk.now()
    if at > desk.now() or (slip.head.left_at and at < slip.head.left_at):
        raise Refused(
            "SLP-6",
            _("Goods are handed over between their departure and now."),
            mend=_("Give the time at which it was signed."),
            field="at",
        )
    return {
        "collected": collected(expected, handed.collected, why), "signed_at": at, "why": why,
        "signed_by": clean(handed.signed_by, field="signed_by") or slip.head.contact,
    }  # fmt: skip


def _told_money(desk: Desk, slip: SlipView, came: Decimal, due: Decimal, why: str) -> str:
    expected = at_the_door(slip.head.payment, due, desk.policy.slips.at_the_door)
    if came == expected:
        return ""
    return _("{came} instead of {expected}: {why}").format(came=came, expected=expected, why=why.strip())


def told_order(
    desk: Desk, session: Session, slip: SlipView, moved: Mapping[int, Moved], *, step: str, note: str = ""
) -> None:
    """Tell a slip's order what became of its goods."""
    said = {
        "refused": _("slip {number} partly refused"),
        "failed": _("slip {number} failed"),
        "lost": _("slip {number} lost"),
    }[step].format(number=slip.head.number)
    told = _("{what}: {why}").format(what=said, why=note) if note else said
    details = {"slip": slip.head.number, "step": step}
    fulfil(desk, session, slip.head.order_id, moved, note=told, details=details)


def stands(desk: Desk, session: Session, slip: SlipView, at: datetime) -> Stands:
    """Bring the slip's order up to date and say where it stands."""
    collected, due, ahead = (_BROUGHT.first(session, order=slip.head.order_id) or (None, None, None))[:3]
    brought = Brought(collected or NOTHING, (due or NOTHING) + (ahead or NOTHING))
    return came_back(desk, session, slip.head.order_id, brought, at)


def moves_of(slip: SlipView, pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return (order, item, warehouse, pieces) for some (item, pieces) of a slip."""
    return [(slip.head.order_id, item, slip.head.warehouse_id, count) for item, count in pieces if count]
