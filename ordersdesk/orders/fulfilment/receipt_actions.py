"""Goods are received: the ledger grows, waiting orders get theirs, their agents are told (STK-7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk.catalogue.queries import meant, wares
from ordersdesk.catalogue.rules import pack, several
from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.commitments.renewal_actions import awaited_on, promise_for_what_came
from ordersdesk.orders.fulfilment.actions import Moved, Progress, fulfil_many
from ordersdesk.orders.fulfilment.receipt_queries import waiting_for
from ordersdesk.orders.fulfilment.receipt_rules import Waiting, by_line, shared
from ordersdesk.orders.model.queries import by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.stock.arriving_actions import MOVED, RECEIVED, arrive, depart, expect_less, keep_for
from ordersdesk.stock.queries import Place, free_at, main_warehouse, warehouses

ROLES = (Role.WAREHOUSE, Role.PURCHASING, Role.MANAGER, Role.ADMIN)
TOLD = N_("{pieces} {unit} of {item} are here for this order; {missing} are still to come.")
ALL_HERE = N_("{pieces} {unit} of {item} are here for this order; none are missing any more.")


@dataclass(frozen=True)
class Filled:
    """One order that got pieces of what arrived."""

    order: str
    customer: str
    agent: str
    pieces: int
    missing: int
    """Pieces of the item it still waits for."""


@dataclass(frozen=True)
class Received:
    """What arrived and who got it."""

    code: str
    name: str
    unit: str
    pieces: int
    warehouse: str
    came_from: str
    note: str
    filled: tuple[Filled, ...]

    @property
    def free(self) -> int:
        """Pieces nobody waited for."""
        return self.pieces - sum(one.pieces for one in self.filled)


@action
def receive(
    desk: Desk, session: Session, code: str, quantity: str | int, *, came_from: str = "", note: str = ""
) -> Received:
    """Take goods in at the main warehouse, from a supplier or a warehouse of the branch, in one transaction."""
    return receive_within(desk, session, code, quantity, came_from=came_from, note=note)


def receive_within(
    desk: Desk, session: Session, code: str, quantity: str | int, *, came_from: str = "", note: str = ""
) -> Received:
    """Do the same in the caller's transaction."""
    reserve_due_within(desk, session)
    came = arrival(desk, session, code, quantity, came_from=came_from, note=note)
    filled = came.taken_in()
    ware, source = came.ware, came.there.code if came.there else ""
    return Received(ware.code, ware.full_name, ware.unit, came.pieces, came.here.code, source, came.paper, filled)


def serve_within(desk: Desk, session: Session, codes: Iterable[str]) -> tuple[Filled, ...]:
    """Give what lies free of some items to the orders that wait for it, as if it had just come (STK-7)."""
    reserve_due_within(desk, session)
    here, _there = _places(desk, session, "")
    filled: list[Filled] = []
    for ware in sorted(wares(session, sorted(set(codes))).values(), key=lambda each: each.id):
        free = free_at(session, ware.id, here.id, lock=True)
        waiting = waiting_for(desk, session, ware.id, here.id) if free > 0 else []
        came = Arrival(desk, session, ware, free, "", here, None)
        filled += came.shared_out(waiting, {}, shared(waiting, free, lambda each: each.uncovered))
    return tuple(filled)


def arrival(
    desk: Desk, session: Session, code: str, quantity: str | int, *, came_from: str = "", note: str = ""
) -> Arrival:
    """Read what was said about an arrival; refused (STK-7) naming the field that cannot be."""
    desk.needs(*ROLES, doing=_("receive goods"))
    ware = _ware(session, code)
    pieces = pack(quantity, ware, largest=desk.policy.catalogue.largest_quantity)
    paper = clean(note, field="note", longest=60).upper()
    here, there = _places(desk, session, came_from)
    return Arrival(desk, session, ware, pieces, paper, here, there)


@dataclass(frozen=True)
class Arrival:
    """Pieces of one item that have come, on their way onto the shelf and to those who wait."""

    desk: Desk
    session: Session
    ware: Ware
    pieces: int
    paper: str
    here: Place
    there: Place | None

    def taken_in(self) -> tuple[Filled, ...]:
        """Write the arrival and return which orders got what of it."""
        desk, session, item, here = self.desk, self.session, self.ware.id, self.here.id
        free = free_at(session, item, self.there.id, lock=True) if self.there else 0
        reason = MOVED if self.there else RECEIVED
        arrive(desk, session, item_id=item, place=here, pieces=self.pieces, reason=reason, document=self.paper)
        waiting = waiting_for(desk, session, item, here)
        moved = self._brought(waiting, self.there, free) if self.there else {}
        if not self.there:
            expect_less(session, item, here, self.pieces)
        fresh = shared(waiting, self.pieces - sum(moved.values()), lambda each: each.uncovered)
        return self.shared_out(waiting, moved, fresh)

    def shared_out(
        self, waiting: list[Waiting], moved: Mapping[int, int], fresh: Mapping[int, int]
    ) -> tuple[Filled, ...]:
        """Keep pieces for those who wait for them, and tell their agents."""
        desk, session, item, here = self.desk, self.session, self.ware.id, self.here.id
        served = [each for each in waiting if each.order_id in moved or each.order_id in fresh]
        if not served:
            return ()
        got = {each.order_id: moved.get(each.order_id, 0) + fresh.get(each.order_id, 0) for each in served}
        keep_for(desk, session, item, here, got)
        waited = {each.order_id: awaited_on(desk, session, each.order_id) is not None for each in served}
        fulfil_many(desk, session, {each.order_id: self._progress(each, moved, fresh) for each in served})
        for each in served:
            promise_for_what_came(desk, session, each.order_id, waited=waited[each.order_id])
        return tuple(self._told(each, got[each.order_id]) for each in served)

    def _brought(self, waiting: list[Waiting], there: Place, free: int) -> dict[int, int]:
        """Take the pieces off the other warehouse's shelf, with what orders have reserved of them there."""
        moved = shared(waiting, self.pieces, lambda each: each.kept_at(there.id))
        left = sum(moved.values()) + max(0, free)
        if self.pieces > left:
            text = _("{place} has only {left} of {item} to give, {wanted} wanted.")
            raise Refused(
                "STK-7",
                text.format(place=there.code, left=left, item=self.ware.code, wanted=self.pieces),
                mend=_("Count what came, or enter what the other warehouse has first."),
                field="quantity",
            )
        depart(
            self.desk, self.session, item_id=self.ware.id, place=there.id,
            pieces=self.pieces, orders=moved, document=self.paper,
        )  # fmt: skip
        return moved

    def _progress(self, each: Waiting, moved: Mapping[int, int], fresh: Mapping[int, int]) -> Progress:
        lines = by_line(each, fresh.get(each.order_id, 0), moved=moved.get(each.order_id, 0))
        note = _("goods have come")
        details = {"item": self.ware.code, "pieces": sum(lines.values()), "paper": self.paper}
        return Progress({line: Moved(short=-count) for line, count in lines.items()}, note, details)

    def _told(self, each: Waiting, pieces: int) -> Filled:
        order = by_id(self.session, each.order_id)
        missing = each.short - pieces
        facts = {"pieces": pieces, "unit": self.ware.unit, "item": self.ware.code, "missing": missing}
        to = {"login": order.agent} if order.agent else {"role": str(Role.ORDER_GROUP)}
        text = TOLD if missing else ALL_HERE
        tell(self.desk, self.session, order, rule="STK-7", text=text, facts=facts, **to)
        return Filled(order.number, order.customer_name, order.agent, pieces, missing)


def _ware(session: Session, code: str) -> Ware:
    found = meant(session, [code]).get(code, ())
    if len(found) > 1:
        raise several(code, found)
    if not found:
        raise Refused(
            "CAT-2",
            _("There is no item {code}.").format(code=code[:40]),
            mend=_("Look it up by name."),
            field="code",
        )
    return found[0]


def _places(desk: Desk, session: Session, came_from: str) -> tuple[Place, Place | None]:
    """Return the main warehouse, and the one the goods come from if they do."""
    mine = {place.id: place for place in warehouses(session) if place.branch == desk.branch}
    main = mine.pop(main_warehouse(desk, session) or 0, None)
    if main is None:
        raise Refused(
            "STK-1", _("The branch has no main warehouse."), mend=_("Add one with the stock file."), field="warehouse"
        )
    if not came_from.strip():
        return main, None
    wanted = came_from.strip().casefold()
    found = [place for place in mine.values() if wanted in (place.code.casefold(), place.name.casefold())]
    if len(found) != 1:
        known = word_list(place.code for place in mine.values())
        raise Refused(
            "STK-7",
            _("“{place}” is no other warehouse of the branch.").format(place=came_from[:40]),
            mend=_("There are: {known}.").format(known=known or "–"),
            field="from",
        )
    return main, found[0]
