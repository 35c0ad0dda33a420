"""Dealing short stock anew: by priority, to whoever waits, from whoever can wait; papers are left alone (SLP-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from ordersdesk.delivery.dealing import queries as reads
from ordersdesk.delivery.dealing.rules import Dealt, Share, dealt
from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.delivery.slips.following_actions import reshare
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Stale
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.model.agreed_queries import has_reserved
from ordersdesk.orders.model.queries import by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.terms.delivery_status import missing
from ordersdesk.stock.actions import change_firm
from ordersdesk.stock.queries import free_at, main_warehouse

LOST = N_("{pieces} of {item} went from {number} to orders that go first: it waits for them.")
WON = N_("{pieces} of {item} that {number} waited for are here now.")
DEALT = N_("{item} dealt anew: {pieces}")


@action
def deal(desk: Desk, session: Session, code: str = "", *, seen: Sequence[Dealt] | None = None) -> list[Dealt]:
    """Deal one item, or all that orders wait for, anew; agents of those who gain or lose are told.

    Refused (SLP-1) when others would gain or lose than those who were `seen`: a look and its act are one.
    """
    desk.needs(*OFFICE, doing=_("deal short stock"))
    reserve_due_within(desk, session)
    found = _dealt(desk, session, code, lock=True)
    if seen is not None and _moves(found.values()) != _moves(seen):
        raise Stale(
            "SLP-1",
            _("The stock has changed since it was shown."),
            mend=_("Look at it as it is now, then deal."),
            field="item",
        )
    for at, one in found.items():
        _apply(desk, session, at, one)
    return list(found.values())


def would_deal(desk: Desk, code: str = "") -> list[Dealt]:
    """Return what dealing would do now, old and new; nothing is written."""
    desk.needs(*OFFICE, doing=_("deal short stock"))
    with desk.reading() as session:
        return list(_dealt(desk, session, code, lock=False).values())


def _moves(found: Iterable[Dealt]) -> list[tuple[Share, ...]]:
    return [one.moved for one in found if one.moved]


def _dealt(desk: Desk, session: Session, code: str, *, lock: bool) -> dict[tuple[int, int], Dealt]:
    """Return by item and warehouse who gets what; orders are locked before stock, as departure does."""
    items = [reads.item_of(session, code)] if code else reads.waited_for(desk, session)
    place = main_warehouse(desk, session)
    if place is None:
        return {(item[0], 0): Dealt(item[1], item[2], 0, 0, ()) for item in items}
    return {(item[0], place): _deal(desk, session, item, place, lock=lock) for item in items}


def _deal(desk: Desk, session: Session, item: tuple[int, str, str], place: int, *, lock: bool) -> Dealt:
    shares = reads.shares_of(desk, session, item[0], lock=lock)
    free = max(0, free_at(session, item[0], place, lock=lock))
    if not any(missing(share) for share in shares):  # nobody waits: what everybody has stays
        served, left = dealt(shares, 0)
        return Dealt(item[1], item[2], free, free + left, tuple(served))
    served, left = dealt(shares, free)
    return Dealt(item[1], item[2], free, left, tuple(served))


def _apply(desk: Desk, session: Session, at: tuple[int, int], found: Dealt) -> None:
    """Who loses goes first: what they give up is what the others take."""
    orders: dict[int, list[Share]] = defaultdict(list)
    for share in found.moved:
        orders[share.order_id].append(share)
    for order_id, mine in sorted(orders.items(), key=lambda each: (_sum(each[1]) > 0, each[0])):
        _reserve(session, desk, order_id, at, _sum(mine), found.name)
        change = {share.line_id: -share.moves for share in mine}
        note = _(DEALT).format(item=found.name, pieces=f"{_sum(mine):+d}")
        reshare(desk, session, order_id, short=change, grow=_sum(mine) > 0, note=note)
        _tell(desk, session, order_id, mine, found)


def _reserve(session: Session, desk: Desk, order_id: int, at: tuple[int, int], more: int, name: str) -> None:
    if more:
        own: Mapping[tuple[int, int], int] = has_reserved(session, order_id)
        wanted = {key: count for key, count in own.items() if key[0] == at[0]}
        wanted[at] = wanted.get(at, 0) + more
        change_firm(desk, session, order_id=order_id, items=[at[0]], wanted=wanted, names={at[0]: name})


def _tell(desk: Desk, session: Session, order_id: int, mine: Sequence[Share], found: Dealt) -> None:
    more = _sum(mine)
    if more:
        facts = {"pieces": abs(more), "item": found.name, "number": mine[0].order}
        order = by_id(session, order_id)
        tell(desk, session, order, rule="SLP-1", login=order.agent, text=WON if more > 0 else LOST, facts=facts)


def _sum(shares: Iterable[Share]) -> int:
    return sum(share.moves for share in shares)
