"""Slips are written: numbers without gaps, their lines, and their orders told, many at once (SLP-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import SLIP, SLIP_LINE
from ordersdesk.delivery.model.rules import NOTHING, totals
from ordersdesk.delivery.slips.allocating_queries import carried
from ordersdesk.delivery.slips.allocating_rules import Picked, Wanted
from ordersdesk.delivery.slips.carriage_rules import chosen
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import next_number, record, stamps
from ordersdesk.foundation.store.typed_rows import put, take_ids
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.fulfilment.actions import Moved, Progress, fulfil_many
from ordersdesk.stock.queries import main_warehouse

MADE = N_("slip {slip} made")

# A new slip has these columns as they are, and the rest from its order and its lines.
_NEW: dict[str, Any] = {
    "prints": 0, "printed_at": None, "job": "", "job_at": None, "parcels": 0, "picked_by": "", "released_first": False,
    "released_why": "", "sheet_id": None, "place": 0, "left_at": None, "collected": None, "signed_by": "",
    "signed_at": None, "why": "", "again_on": None, "advised_at": None, "followed_at": None, "receipt_at": None,
}  # fmt: skip
AS_ORDERED = (
    "customer_id", "customer_name", "size_class", "contact", "phone", "address", "route", "region", "promised_on",
    "promised_part", "urgent", "latest", "department", "payment", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A slip to be: its order, what goes, and with which wave."""

    order: Wanted
    goods: tuple[Picked, ...]
    leaves_on: date
    wave: str


@dataclass(frozen=True)
class Made:
    """A slip that was made, or that a dry run would make (then without a number)."""

    slip: str
    order: str
    customer: str
    size_class: str
    urgent: bool
    latest: str
    route: str
    region: str
    leaves_on: date
    wave: str
    pieces: int
    goods: Decimal
    fee: Decimal
    due: Decimal
    carrier: str
    whole: bool
    """Everything the order still waits for goes with it."""
    warning: str = ""

    @property
    def goes_with(self) -> str:
        """The carrier who takes it, else our van of its route."""
        return self.carrier or self.route


def foreseen(desk: Desk, session: Session, plans: Sequence[Plan]) -> list[tuple[Plan, dict[str, Any], str]]:
    """Return what each slip would say, with a warning where its carriage comes too late."""
    before = carried(session, [plan.order.id for plan in plans])
    return [(plan, *_columns(desk, plan, *before.get(plan.order.id, (NOTHING, NOTHING)))) for plan in plans]


def make(desk: Desk, session: Session, plans: Sequence[Plan]) -> list[Made]:
    """Write the slips in this order; joins the caller's transaction, in which the orders are locked."""
    if not plans:
        return []
    SLIP_FLOW.check(SLIP_FLOW.verb("adjust"), roles=desk.user.roles, state=SLIP_FLOW.start, number="")
    warehouse = main_warehouse(desk, session)
    if warehouse is None:
        raise Refused(
            "STK-1",
            _("This branch has no main warehouse to deliver from."),
            mend=_("Load the warehouses first: ordersdesk import stock FILE."),
        )
    found = foreseen(desk, session, plans)
    ids = take_ids(session, SLIP, len(found))
    numbers = [next_number(desk, session, SLIP_FLOW) for _plan in found]
    same = stamps(desk, SLIP_FLOW.start) | _NEW | {"warehouse_id": warehouse}
    heads = [
        {"id": id_, "number": number, **same, **columns}
        for id_, number, (_plan, columns, _warning) in zip(ids, numbers, found, strict=True)
    ]
    put(session, SLIP, heads)
    put(session, SLIP_LINE, [row for id_, plan in zip(ids, plans, strict=True) for row in line_rows(id_, plan.goods)])
    for id_ in ids:
        record(desk, session, SLIP_FLOW.kind, id_, "begin", to_state=SLIP_FLOW.start, rule="SLP-1")
    fulfil_many(desk, session, _progress(plans, numbers))
    return [told(*each, slip=number) for number, each in zip(numbers, found, strict=True)]


def told(plan: Plan, columns: Mapping[str, Any], warning: str, *, slip: str = "") -> Made:
    """Say what a slip is."""
    order = plan.order
    return Made(
        slip=slip, order=order.number, customer=order.customer_name, size_class=order.size_class, urgent=order.urgent,
        latest=order.latest,
        route=order.route, region=order.region, leaves_on=plan.leaves_on, wave=plan.wave, pieces=columns["pieces"],
        goods=columns["goods"], fee=columns["fee"], due=columns["due"], carrier=columns["carrier"],
        whole=_is_whole(plan), warning=warning,
    )  # fmt: skip


def _is_whole(plan: Plan) -> bool:
    return all(each.pieces == each.line.quantity - each.line.allocated for each in plan.goods)


def _progress(plans: Sequence[Plan], numbers: Sequence[str]) -> dict[int, Progress]:
    return {
        plan.order.id: Progress(
            {each.line.id: Moved(allocated=each.pieces) for each in plan.goods},
            _(MADE).format(slip=number),
            {"slip": number},
        )
        for plan, number in zip(plans, numbers, strict=True)
    }


def _columns(desk: Desk, plan: Plan, fee: Decimal, deposit: Decimal) -> tuple[dict[str, Any], str]:
    order = plan.order
    left = order.money_in - deposit
    sums = totals(plan.goods, fee=order.fee - fee, deposit=left, policy=desk.policy)
    way, warning = carriage(desk, order.region, sums, plan.leaves_on, order.promised_on)
    same = {name: getattr(order, name) for name in AS_ORDERED}
    about = {"order_id": order.id, "order_number": order.number, "leaves_on": plan.leaves_on, "wave": plan.wave}
    return about | same | sums | way, warning


def carriage(
    desk: Desk, region: str, sums: Mapping[str, Any], leaves_on: date, promised_on: date | None
) -> tuple[dict[str, Any], str]:
    """Return the columns of a slip's carriage, and a warning when it comes too late (DLV-6)."""
    days = days_left(desk, leaves_on, promised_on)
    offer = chosen(sums["weight_g"], sums["volume_cm3"], region, days, desk.policy)
    if offer is None:
        return {"carrier": "", "way": "", "carriage": NOTHING}, ""
    return {"carrier": offer.carrier, "way": offer.way, "carriage": offer.price}, offer.warning


def days_left(desk: Desk, leaves_on: date, promised_on: date | None) -> int:
    """Count the working days between leaving and the promise."""
    day, days = leaves_on, 0
    while promised_on is not None and day < promised_on and days < desk.policy.delivery.furthest_days:
        day, days = desk.calendar.next_working_day(day), days + 1
    return days


def line_rows(slip_id: int, goods: Sequence[Picked], *, first: int = 1) -> list[dict[str, Any]]:
    """Return the rows of a slip's lines."""
    return [
        {
            "slip_id": slip_id, "order_line_id": each.line.id, "position": position, "item_id": each.line.item_id,
            "code": each.line.code, "name": each.line.name, "spec": each.line.spec, "unit": each.line.unit,
            "pieces": each.pieces, "asked": each.pieces, "price": each.line.price, "amount": each.amount,
            "note": each.line.note, "valuable": each.line.valuable, "refused": 0, "refused_why": "",
            "brand": each.line.brand, "model": each.line.model, "colour": each.line.colour,
        }
        for position, each in enumerate(goods, first)
    ]  # fmt: skip
