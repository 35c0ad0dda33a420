"""The answers of ORD-14 with everything slips, route sheets and troubles know: where is my order, what is to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.delivery.model.labels import TROUBLES
from ordersdesk.delivery.model.queries import SLIP, of_orders
from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.delivery.model.wave_rules import comes_too_late
from ordersdesk.delivery.routes.queries import ROUTES
from ordersdesk.delivery.troubles.queries import OPEN, TROUBLE
from ordersdesk.delivery.whereabouts.expected_queries import expected, leaving_now
from ordersdesk.delivery.whereabouts.rules import Stop, of_slip
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import day_aloud
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.orders.book.readback import goods_aloud
from ordersdesk.orders.model.queries import LINE, WAITS, Summary, goods_of, held_order
from ordersdesk.orders.promise.rules import Due, is_over
from ordersdesk.orders.review.reason_queries import reasons
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.receiving_hours import due_part

WAITS_FOR = {
    "transfer": N_("{quantity} of {item} come from another warehouse."),
    "purchase": N_("{quantity} of {item} are ordered from the supplier."),
}
COMES_LATER = N_("{quantity} of {item} are not here yet.")


def where_is(desk: Desk, number: str) -> list[str]:
    """Return short sentences to say aloud that answer "where is my order?" (ORD-14)."""
    with desk.reading() as session:
        head = held_order(desk, session, number)
        if head.state == "review":
            checked = _("Your order {number} is being looked at; we confirm it as soon as it is cleared.")
            return [checked.format(number=head.number)]
        if head.state not in ("confirmed", "closed"):
            state = _(ORDER_FLOW.states[head.state])
            return [_("Your order {number} is {state}.").format(number=head.number, state=state)]
        slips = [view for view in of_orders(session, [head.id]) if view.head.state != "void"]
        said = [*_going(desk, session, head, slips), *_held(desk, session, head, slips), *_troubles(session, head)]
        return [*said, *_rest(desk, session, head, slips)]


def _held(desk: Desk, session: Session, head: Summary, slips: Sequence[SlipView]) -> Iterator[str]:
    """Say that goods which have not left yet are held: a day alone would be a promise that nobody keeps (ORD-13).

    What holds them is the house's own matter; it stands on the order's page.
    """
    ordered = select(func.sum(LINE.c.quantity)).where(LINE.c.order_id == head.id)
    gone = sum(view.head.pieces for view in slips if view.head.left_at and view.head.state != "failed")
    if (session.connection().execute(ordered).scalar() or 0) > gone and reasons(desk, session, head.id):
        yield _("Something must be cleared in our house before it leaves: we call you back.")


def _going(desk: Desk, session: Session, head: Summary, slips: Sequence[SlipView]) -> Iterator[str]:
    """Say where each slip is; one that failed counts only until its goods are on a slip again."""
    standing = [view for view in slips if view.head.state != "failed"]
    last = max((view.head.id for view in standing), default=0)
    for view in slips:
        if view.head.state != "failed" or view.head.id > last:
            what = _whole(head) if len(standing) <= 1 and head.delivery in WHOLE else _pieces(head, view)
            yield of_slip(leaving_now(desk, view.head), what, _stop(session, view.head), desk.zone, desk.today())


WHOLE = ("allocated", "released", "delivered", "none")


def _whole(head: Summary) -> str:
    return _("Your order {number}").format(number=head.number)


def _pieces(head: Summary, slip: SlipView) -> str:
    """Name what is with the customer or on its way: not what came back."""
    count = sum(line.pieces - line.refused for line in slip.lines)
    text = ngettext(
        "A part of your order {number} ({count} piece)", "A part of your order {number} ({count} pieces)", count
    )
    return text.format(count=count, number=head.number)


def _stop(session: Session, slip: SlipHead) -> Stop:
    if slip.sheet_id is None:
        return Stop(None, 0)
    stops = select(func.count()).select_from(SLIP).where(SLIP.c.sheet_id == slip.sheet_id)
    return Stop(ROUTES.get(session, slip.sheet_id), int(session.connection().execute(stops).scalar_one()))


def _troubles(session: Session, head: Summary) -> Iterator[str]:
    mine = (TROUBLE.c.order_id == head.id) & TROUBLE.c.state.in_(OPEN)
    columns = (TROUBLE.c.kind, TROUBLE.c.cause, SLIP.c.state)
    # The index knows troubles by their slip.
    chosen = select(*columns).join(SLIP, SLIP.c.id == TROUBLE.c.slip_id).where(SLIP.c.order_id == head.id, mine)
    for code, cause, state in session.connection().execute(chosen.order_by(TROUBLE.c.id)):
        here = _("There is trouble on the way: {kind}, {cause}.")
        text = here if state == "loaded" else _("There was trouble: {kind}, {cause}.")
        yield text.format(kind=_(str(TROUBLES.get(code, code))), cause=cause.rstrip("。."))


def _rest(desk: Desk, session: Session, head: Summary, slips: Sequence[SlipView]) -> Iterator[str]:
    """Say what is on no slip yet, what waits for goods, and when all is promised."""
    if head.state == "closed" or head.delivery == "delivered":
        if not slips:
            yield _("Your order {number} has been delivered.").format(number=head.number)
        return
    columns = (LINE.c.quantity, LINE.c.allocated, WAITS)
    chosen = select(*columns).where(LINE.c.order_id == head.id).order_by(LINE.c.position)
    waiting = session.connection().execute(chosen).all()
    free = sum(max(0, quantity - allocated - waits) for quantity, allocated, waits in waiting)
    if head.reserve_on:
        text = _("Your order {number} is for a later day; its goods are set aside from {day} on.")
        yield text.format(number=head.number, day=day_aloud(head.reserve_on, desk.today()))
        yield from _promise(desk, session, head, slips)
        return
    if free and not slips:
        state = _(ORDER_FLOW.states[head.state])
        yield _("Your order {number} is {state}; its goods are kept for it.").format(number=head.number, state=state)
    elif free:
        yield _kept(free, slips)
    for row, (_quantity, _allocated, waits) in zip(goods_of(session, head.id), waiting, strict=True):
        if waits:
            text = _(WAITS_FOR.get(row.shortage, COMES_LATER))
            yield text.format(quantity=f"{waits} {row.unit}", item=goods_aloud(row))
    yield from _promise(desk, session, head, slips)


def _kept(free: int, slips: Sequence[SlipView]) -> str:
    """Say how many pieces are kept: more of them only when others stand on a slip or are with the customer."""
    standing = (line for view in slips if view.head.state != "failed" for line in view.lines)
    if any(line.pieces > line.refused for line in standing):
        text = ngettext("{count} more piece is kept for it.", "{count} more pieces are kept for it.", free)
    else:
        text = ngettext("{count} piece is kept for it.", "{count} pieces are kept for it.", free)
    return text.format(count=free)


def _when(due: Due, today: date) -> str:
    day, part = day_aloud(due.day, today), due_part(due.part, due.latest)  # pyright: ignore[reportArgumentType]
    return _("{day} {part}").format(day=day, part=part) if part else day


def _promise(desk: Desk, session: Session, head: Summary, slips: Sequence[SlipView]) -> Iterator[str]:
    """Say the promised day; after a missed one the day it is expected, or that nobody knows and what happens next."""
    today = desk.today()
    if not isinstance(head.promised_on, date):
        yield _("No day is promised yet: we find out and call you back.")
        return
    due = Due(head.promised_on, head.promised_part, head.latest)
    said = _when(due, today)
    if not is_over(due, desk.local(), desk.policy):
        yield _("It is promised for {when}.").format(when=said)
        if any(comes_too_late(desk, view.head) for view in slips):
            yield _("We are afraid it comes later than that: we find out and call you back.")
        return
    yield _("We are sorry: it was promised for {when}.").format(when=said)
    if any(view.head.left_at and view.head.state == "loaded" for view in slips):
        return  # it is on the road: that was said already
    if found := expected(desk, session, head, slips):
        yield _("It is expected {when} instead.").format(when=_when(found, today))
    else:
        yield _("A new day is not known yet: we find out and call you back.")
