"""A valid call of an act of every room: what has to be there, and the arguments."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ordersdesk.calls.actions import UNKNOWN, answer
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.kinds import TROUBLE
from ordersdesk.delivery.routes.actions import Trip
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.payments.actions import Received
from ordersdesk.people.actions import NewUser
from tests.builders import a_customer, a_draft, agreed, an_item, as_role
from tests.cli.conftest import MINGYUAN
from tests.credit.making import a_regular
from tests.delivery.building import a_slip, an_order, everybody
from tests.delivery.building import office as order_group
from tests.delivery.roads import a_sheet, dispatcher, on_the_road
from tests.documents.test_acting import TELL
from tests.documents.test_store import a_trouble

Call = tuple[Desk, tuple[Any, ...], dict[str, Any]]


def said(desk: Desk, *args: Any, **values: Any) -> Call:
    """The desk somebody acts at, and what they say."""
    return desk, args, values


def office(desk: Desk) -> Desk:
    """Whoever looks after goods, prices, people and customers."""
    return as_role(desk, "admin", "planning", "manager", "leader", login="boss")


def _draft(desk: Desk) -> Any:
    a_customer(desk)
    an_item(desk, stock=100)
    return a_draft(("A4-80", 5), key="a key")


def _awaited(desk: Desk) -> str:
    a_customer(desk)
    an_item(desk, stock=100)
    return agreed(desk, a_draft(("A4-80", 7), payment="transfer")).number


def _on_account(desk: Desk) -> Call:
    a_customer(desk, terms="account", credit_limit=90000)
    an_item(desk, stock=100)
    number = agreed(desk, a_draft(("A4-80", 7), payment="account")).number
    version = by_number(desk, number).head.version
    return said(as_role(desk, "manager", login="guo"), "order", number, seen_version=version)


def _in_call(desk: Desk, *args: Any, **values: Any) -> Call:
    answer(desk, key="a call", presented="13800138000")
    return said(desk, *args, key="a call", **values)


def _of_item(desk: Desk, *args: Any) -> Call:
    an_item(desk, stock=5)
    return said(office(desk), *args)


def _of_customer(desk: Desk, *args: Any, **values: Any) -> Call:
    return said(office(desk), a_customer(desk), *args, **values)


def _loaded(desk: Desk) -> str:
    return a_sheet(desk, a_slip(desk, state="picked").head.number)


def _receipt(desk: Desk) -> Call:
    number = on_the_road(desk)
    delivered(everybody(desk), number, Handed())
    return said(everybody(desk), number)


def _applied(desk: Desk) -> Call:
    a_regular(desk)
    rep = as_role(desk, "sales_rep", login="xu")
    return said(rep, customer="C100001", limit="20000", days=30, report="Pays well.")


ACTS: dict[str, Callable[[Desk], Call]] = {
    "calls.actions.answer": lambda desk: said(desk, key="a call", presented="13800138000"),
    "calls.actions.park": lambda desk: _in_call(desk, draft={"lines": []}),
    "calls.actions.end": lambda desk: _in_call(desk, outcome="enquiry"),
    "catalogue.actions.edit_item": lambda desk: _of_item(desk, "A4-80", {"name": "复印纸"}),
    "catalogue.actions.discontinue": lambda desk: _of_item(desk, "A4-80"),
    "catalogue.prices.actions.set_prices": lambda desk: _of_item(desk, [{"item": "A4-80", "price": Decimal("24.00")}]),
    "changing.call_off": lambda desk: said(desk, number=an_order(desk), reason="too dear"),
    "changing.paid": lambda desk: said(as_role(desk, "finance"), _awaited(desk), Received(Decimal(5))),
    "credit.actions.apply": _applied,
    "customers.records.actions.create": lambda desk: said(desk, MINGYUAN),
    "customers.records.actions.block": lambda desk: _of_customer(desk, reason="does not pay"),
    "customers.records.contact_actions.add_contact": lambda desk: _of_customer(desk, NewContact(contact="李雷")),
    "customers.records.contact_actions.add_address": lambda desk: _of_customer(
        desk, NewAddress(address="上海市世纪大道1号", region="上海", city="上海市")
    ),
    "deciding.grant": _on_account,
    "delivery.advice.actions.receipt": _receipt,
    "delivery.handover.actions.delivered": lambda desk: said(everybody(desk), on_the_road(desk), Handed()),
    "delivery.handover.failed_actions.failed": lambda desk: said(everybody(desk), on_the_road(desk), "nobody"),
    "delivery.routes.departing_actions.depart": lambda desk: said(dispatcher(desk), _loaded(desk)),
    "delivery.routes.loading_actions.void_sheet": lambda desk: said(dispatcher(desk), _loaded(desk)),
    "delivery.picking.actions.pick": lambda desk: said(everybody(desk), a_slip(desk, state="printed").head.number),
    "delivery.papers.job_actions.take": lambda desk: said(
        order_group(desk), Wanted(numbers=(a_slip(desk).head.number,))
    ),
    "delivery.routes.actions.make": lambda desk: said(dispatcher(desk), Trip("R1", driver="郝师傅")),
    "delivery.slips.voiding_actions.void": lambda desk: said(everybody(desk), a_slip(desk).head.number, reason="twice"),
    "documents.acting.act_as_seen": lambda desk: said(
        as_role(desk, "dispatcher"), TROUBLE, TELL, a_trouble(desk), version=1, given={"how": "call"}
    ),
    "orders.entry.actions.submit": lambda desk: said(desk, _draft(desk)),
    "orders.entry.intake_actions._keep": lambda desk: said(desk, _draft(desk), {}, "", UNKNOWN),
    "orders.fulfilment.receipt_actions.receive": lambda desk: said(everybody(_stocked(desk)), "A4-80", 10),
    "orders.changes.regret_actions.regret": lambda desk: said(desk, an_order(desk)),
    "people.actions.add_first": lambda desk: said(desk, NewUser("mei", "Mei", ("admin",)), "no hash"),
}  # fmt: skip


def _stocked(desk: Desk) -> Desk:
    an_item(desk, stock=5)
    return desk
