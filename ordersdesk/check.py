"""`ordersdesk check`: every proof of every room, and what can be set right by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice

from sqlmodel import Session

from ordersdesk.approvals import check_queries as approvals
from ordersdesk.calls import check_queries as calls
from ordersdesk.catalogue.pages import check_queries as catalogue
from ordersdesk.catalogue.pages import repair_actions as catalogue_repair
from ordersdesk.customers.finding import check_queries as customers
from ordersdesk.customers.records import repair_actions as customers_repair
from ordersdesk.delivery.checks import route_queries as roads
from ordersdesk.delivery.checks import slip_queries as slips
from ordersdesk.delivery.pads import check_queries as pads
from ordersdesk.documents.kind import Check
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.proofs import Fault, damage, gaps, untold
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Outage
from ordersdesk.kinds import KINDS
from ordersdesk.orders.book import check_queries as orders
from ordersdesk.stock import actions as stock
from ordersdesk.stock import check_queries as stock_checks

SHOWN = 1000  # faults of one kind that are told; a thousand say as much as a million


@dataclass(frozen=True)
class Checked:
    """What one proof found, and how much of it was set right."""

    name: str
    faults: tuple[Fault, ...]
    mended: int = 0


def _damage(_desk: Desk, session: Session) -> Iterable[Fault]:
    return damage(session)


def _numbers(_desk: Desk, session: Session) -> Iterable[Fault]:
    """Give every gap in the numbers of any kind (ORD-2)."""
    return chain.from_iterable(gaps(session, kind.flow, kind.core_table()) for kind in KINDS.values())


def _timelines(_desk: Desk, session: Session) -> Iterable[Fault]:
    """Give every document that is not in the state its timeline leads to (ORD-8)."""
    return chain.from_iterable(untold(session, kind.flow, kind.core_table()) for kind in KINDS.values())


@action
def _release_over(desk: Desk, session: Session) -> int:
    """Give back what ended calls hold, what finished orders reserve, and what lapsed."""
    freed = sum(stock.release(session, holder=key) for key in calls.ended_holders(session))
    freed += sum(stock.release(session, order_id=order_id) for order_id, _number in orders.over_with_goods(session))
    return freed + stock.release_lapsed_within(desk, session)


CHECKS = (
    Check(N_("database file"), _damage),
    Check(N_("holds of ended calls"), calls.holds, _release_over),
    Check(N_("goods of finished orders"), orders.reservations, _release_over),
    Check(N_("claims of orders for later days"), orders.claims),
    Check(N_("stock counters"), stock_checks.faults, stock.repair),
    Check(N_("search terms of customers"), customers.terms, customers_repair.repair_terms),
    Check(N_("codes of items"), catalogue.codes),
    Check(N_("search terms of items"), catalogue.terms, catalogue_repair.repair_terms),
    Check(N_("numbers of documents"), _numbers),
    Check(N_("timelines of documents"), _timelines),
    Check(N_("order sums"), orders.sums),
    Check(N_("money in"), orders.money),
    Check(N_("orders that are asked for"), orders.asked_in_vain),
    Check(N_("four eyes"), approvals.four_eyes),
    Check(N_("steps of approvals"), approvals.stuck),
    Check(N_("promises of orders"), orders.promises),
    Check(N_("orders and their slips"), slips.counters),
    Check(N_("slip sums"), slips.sums),
    Check(N_("goods on slips"), slips.goods),
    Check(N_("slips on route sheets"), roads.stops),
    Check(N_("cash of route sheets"), roads.cash),
    Check(N_("refusals at the door"), roads.refusals),
    Check(N_("pads of handwritten slips"), pads.pads_agree),
    *(one for kind in KINDS.values() for one in kind.checks),
)


def check(desk: Desk, *, fix: bool = False, step: Callable[[int, int], None] | None = None) -> list[Checked]:
    """Run every proof; with `fix`, set right what can be and prove again (administrators only)."""
    if fix:
        desk.needs(Role.ADMIN, doing=_("repair the database"))
    results: list[Checked] = []
    for place, proof in enumerate(CHECKS):
        found = _run(desk, proof)
        mended = 0
        if fix and found and proof.mend:
            mended = proof.mend(desk)
            found = _run(desk, proof)
        results.append(Checked(proof.name, found, mended))
        if step:
            step(place + 1, len(CHECKS))
    return results


def check_file(database: Database) -> list[Checked]:
    """Prove the file alone: all that can be done when it is too damaged to say who asks."""
    try:
        with database.reading() as session:
            found = tuple(islice(damage(session), SHOWN))
    except Outage as gone:
        found = (Fault("DB-3", gone.message),)
    return [Checked(CHECKS[0].name, found)]


def _run(desk: Desk, proof: Check) -> tuple[Fault, ...]:
    """Prove one thing on one state of the data; what is too damaged to be proved is a fault of its own (DB-3)."""
    found: list[Fault] = []
    try:
        with desk.database.reading(snapshot=True) as session:
            found += islice(proof.faults(desk, session), SHOWN)
    except Outage as gone:
        if gone.passes:
            raise
        found.append(_unproved(proof, gone.message))
    except Exception as error:  # a damaged value can break whatever reads it
        found.append(_unproved(proof, type(error).__name__))
    return tuple(found)


def _unproved(proof: Check, why: str) -> Fault:
    text = _("“{check}” cannot be proved to its end: {why}")
    return Fault("DB-3", text.format(check=_(proof.name), why=why))
