"""Calling an order off: what stands against it, and all that follows from it (CHG-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.actions import withdraw_within
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance, record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.commitments.release_actions import give_all_back
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.promise.ledger_actions import fallen
from ordersdesk.orders.review.outcome import held
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.finding import About
from ordersdesk.orders.terms.flow import ORDER_FLOW

UNDER_WAY = ("partly delivered", "delivered")
ON_SLIPS = ("partly released", "released")
GOODS_FREED = N_("goods freed")


def refuse_under_way(head: Summary, lines: Sequence[Agreed]) -> None:
    """Refuse what is dispatched (CHG-4) or on a printed slip (CHG-3)."""
    if head.delivery in UNDER_WAY or any(line.delivered for line in lines):
        raise Refused(
            "CHG-4",
            _("{number} is dispatched: it cannot be cancelled any more.").format(number=head.number),
            mend=_("It comes back only as a return; what is not sent yet can be closed short."),
            field="number",
        )
    if head.delivery in ON_SLIPS or any(line.released for line in lines):
        raise Refused(
            "CHG-3",
            _("{number} is on a printed slip.").format(number=head.number),
            mend=_("Void the slip first, or wait until it comes back."),
            field="number",
            about=About.SLIPS,
        )


def called_off(
    desk: Desk, session: Session, head: Summary, lines: Sequence[Agreed], *, reason: str, request: str
) -> None:
    """Cancel a confirmed order with everything that follows from it, in the caller's transaction (CHG-4)."""
    advance(desk, session, ORDER_FLOW, Order, held(head), "call_off", note=reason, details={"request": request})
    fallen(desk, session, head.id)
    withdraw_within(desk, session, ORDER_FLOW.kind, head.id, reason=reason)
    pieces = give_all_back(desk, session, head)
    if pieces:
        record(desk, session, ORDER_FLOW.kind, head.id, GOODS_FREED, rule="CHG-4", details={"pieces": pieces})
    tell(
        desk, session, head, rule="CHG-4", login=head.agent,
        text=N_("{number} of {customer} is cancelled: {reason}"),
        facts={"number": head.number, "customer": head.customer_name, "reason": reason},
    )  # fmt: skip
    tell_buyers(desk, session, head, lines)
    tell_paid(desk, session, head, lines)


def tell_buyers(desk: Desk, session: Session, head: Summary, lines: Sequence[Agreed]) -> None:
    """Tell purchasing what need not be bought for an order that is cancelled (CHG-4)."""
    for role, text, facts in _purchases(head, lines):
        tell(desk, session, head, rule="CHG-4", role=role, text=text, facts=facts)


def tell_paid(desk: Desk, session: Session, head: Summary, lines: Sequence[Agreed]) -> None:
    """Tell finance what becomes of what was paid for an order that is cancelled (CHG-4)."""
    for role, text, facts in _deposit(session, head, lines):
        tell(desk, session, head, rule="CHG-4", role=role, text=text, facts=facts)


def _purchases(head: Summary, lines: Sequence[Agreed]) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Flag what was to be bought for the order."""
    for line in lines:
        if line.shortage == "purchase" and line.short:
            facts: dict[str, object] = {"number": head.number, "pieces": line.short, "item": line.full_name}
            yield Role.PURCHASING, N_("{number} is cancelled: {pieces} of {item} need not be bought for it."), facts


def _deposit(session: Session, head: Summary, lines: Sequence[Agreed]) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Keep the deposit of special goods, give back anything else that is paid."""
    if head.money_in <= 0 and head.collected <= 0:
        return
    special = _special(session, [line.item_id for line in lines])
    facts: dict[str, object] = {"number": head.number, "items": special}
    if special:
        yield Role.FINANCE, N_("{number} is cancelled: its deposit is kept, {items} were special goods."), facts
    else:
        yield Role.FINANCE, N_("{number} is cancelled: what was paid for it goes back to the customer."), facts


def _special(session: Session, items: Sequence[int]) -> list[str]:
    chosen = ITEM.c.id.in_(items) & (ITEM.c.listing == "special")
    return list(session.connection().execute(select(ITEM.c.name).where(chosen).order_by(ITEM.c.id)).scalars())
