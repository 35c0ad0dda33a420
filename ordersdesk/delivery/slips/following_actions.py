"""Slips not yet printed move with their order: with a change of it, and away when it does not stand (CHG-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.model.queries import of_orders
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.model.wave_rules import the_next
from ordersdesk.delivery.slips import allocating_queries as reads
from ordersdesk.delivery.slips.allocating_rules import Goods, Picked, Wanted
from ordersdesk.delivery.slips.revision_actions import rewrite, settle_money
from ordersdesk.delivery.slips.voiding_actions import end, is_printing, refuse_printing
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.orders.terms.delivery_status import LEFT_OUT, missing

MOVED = N_("slip {slip} follows the order")
GONE = N_("slip {slip} falls away")
WAITS, NOTHING_LEFT = N_("The order waits again."), N_("Nothing of it is left.")
UNPRINTED = ("made",)


def follow(desk: Desk, session: Session, order_id: int, *, grow: bool = True) -> list[str]:
    """Bring an order's slips that are not yet printed to what the order says now; joins the caller's transaction.

    What was added or came free goes along when they may `grow`. Refused (SLP-2) while one is being printed. Returns
    the slips that moved or fell away.
    """
    slips = of_orders(session, [order_id], states=UNPRINTED, lock=True)
    if not slips:
        return []
    for slip in slips:
        refuse_printing(desk, slip.head)
    order = next(iter(reads.by_ids(session, [order_id])))
    if order.state != "confirmed":
        return fall_away(desk, session, order_id, reason=_(WAITS))
    return reshare(desk, session, order_id, grow=grow)


def reshare(
    desk: Desk, session: Session, order_id: int, *, short: Mapping[int, int] | None = None, grow: bool, note: str = ""
) -> list[str]:
    """Share an order's goods out anew among its slips not yet printed, `short` more pieces of a line being missing.

    Joins the caller's transaction; slips that are being printed keep what they have. Returns what moved.
    """
    slips = [
        slip for slip in of_orders(session, [order_id], states=UNPRINTED, lock=True)
        if not is_printing(desk, slip.head)
    ]  # fmt: skip
    less = short or {}
    lines = {line.id: _waiting(line, less.get(line.id, 0)) for line in reads.lines_of(session, [order_id])[order_id]}
    shares = dealt(slips, lines, grow=grow)
    change = _difference(slips, shares, less)
    names = [slip.head.number for slip in slips]
    if change:
        said = note or _(MOVED).format(slip=word_list(names))
        fulfil(desk, session, order_id, change, note=said, details={"slips": names})
    order = next(iter(reads.by_ids(session, [order_id])))
    return _moved(desk, session, order, slips, shares, lines)


def _waiting(line: Goods, more: int) -> Goods:
    """Return a line of which so many more pieces are missing; what was left out once is no part of it."""
    shortage = "partial" if more > 0 and line.shortage in ("", LEFT_OUT) else line.shortage
    return replace(line, short=missing(line) + more, shortage=shortage) if more else line


def fall_away(desk: Desk, session: Session, order_id: int, *, reason: str) -> list[str]:
    """Void an order's slips that are not yet printed, before the order itself goes; joins the caller's transaction."""
    slips = of_orders(session, [order_id], states=UNPRINTED, lock=True)
    if slips:
        for slip in slips:
            end(desk, session, slip.head, "fall_away", reason=reason)
        names = [slip.head.number for slip in slips]
        change = _difference(slips, [{} for _slip in slips], {})
        note = _(GONE).format(slip=word_list(names))
        fulfil(desk, session, order_id, change, note=note, details={"slips": names})
        settle_money(desk, session, order_id)
    return [slip.head.number for slip in slips]


def dealt(slips: Sequence[SlipView], lines: Mapping[int, Goods], *, grow: bool) -> list[dict[int, int]]:
    """Return the pieces of each line on each slip now: what it had as far as it is there, the rest on the last one."""
    had = Counter({line.order_line_id: 0 for slip in slips for line in slip.lines})
    for slip in slips:
        had.update(_pieces(slip))
    room = {line.id: line.quantity - missing(line) - (line.allocated - had[line.id]) for line in lines.values()}
    shares: list[dict[int, int]] = []
    for slip in slips:
        share = {line: min(count, max(0, room.get(line, 0))) for line, count in _pieces(slip).items()}
        room = {line: left - share.get(line, 0) for line, left in room.items()}
        shares.append(share)
    for line, left in room.items() if grow and shares else ():
        if left > 0:
            shares[-1][line] = shares[-1].get(line, 0) + left
    return shares


def _moved(
    desk: Desk,
    session: Session,
    order: Wanted,
    slips: Sequence[SlipView],
    shares: Sequence[Mapping[int, int]],
    lines: Mapping[int, Goods],
) -> list[str]:
    """The counters moved before, all slips together: what one gives up another may take."""
    gone = [slip.head for slip, share in zip(slips, shares, strict=True) if not any(share.values())]
    for head in gone:
        end(desk, session, head, "fall_away", reason=_(NOTHING_LEFT))
    return [head.number for head in gone] + [
        slip.head.number
        for slip, share in zip(slips, shares, strict=True)
        if any(share.values())
        and rewrite(desk, session, slip, order, _goods(share, lines), _leaving(desk, slip, order))
    ]


def _difference(
    slips: Sequence[SlipView], shares: Sequence[Mapping[int, int]], short: Mapping[int, int]
) -> dict[int, Moved]:
    now: Counter[int] = Counter()
    for slip, share in zip(slips, shares, strict=True):
        now.update(share)
        now.subtract(_pieces(slip))
    lines = {*(line for line, count in now.items() if count), *(line for line, count in short.items() if count)}
    return {line: Moved(allocated=now[line], short=short.get(line, 0)) for line in lines}


def _pieces(slip: SlipView) -> Counter[int]:
    counted: Counter[int] = Counter()
    for line in slip.lines:
        counted[line.order_line_id] += line.pieces
    return counted


def _goods(share: Mapping[int, int], lines: Mapping[int, Goods]) -> list[Picked]:
    chosen: Iterable[Goods] = (lines[line] for line, count in share.items() if count)
    return [Picked(line, share[line.id]) for line in sorted(chosen, key=lambda line: line.position)]


def _leaving(desk: Desk, slip: SlipView, order: Wanted) -> tuple[date, str]:
    """An order that leaves later takes its slip along; one that leaves earlier goes with the next wave there is."""
    before = (slip.head.leaves_on, slip.head.wave)
    if slip.head.promised_on == order.promised_on and slip.head.promised_part == order.promised_part:
        return before
    wanted = (order.leaves_on or before[0], order.wave or before[1])
    return max(wanted, the_next(desk))
