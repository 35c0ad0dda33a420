"""The papers of the power-cut pack: what to do, blank slips, prices, orders to deliver, slips on the road (JOY-9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from ordersdesk.catalogue.wares import Promo
from ordersdesk.delivery.outage.queries import OnTheRoad, OpenOrder, PricedItem
from ordersdesk.delivery.pads.rules import REASONS, number_said, ranges
from ordersdesk.delivery.papers.slip_form import CONDITIONS
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import ROLE_NAMES, Role
from ordersdesk.foundation.texts.daynames import dated, short_day
from ordersdesk.foundation.texts.language import N_, NP_, _, clause_list, current, translator, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.book.readback import PARTS
from ordersdesk.orders.terms.labels import PAYMENTS
from ordersdesk.people.queries import Account
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Block, Column, Fact, Form
from ordersdesk.printing.forms.wording import Say

BLANK, LIST = "blank", "list"
LINES = 8  # of goods on a blank slip: what fits A5 beside everything else
ROOM = wording.ROOM
DEPARTMENTS = {
    "stationery": N_("stationery"), "consumables": N_("consumables"), "equipment": N_("equipment"),
}  # fmt: skip
# Whom a desk without a screen may have to ask, in this order.
CALLED = (Role.MANAGER, Role.LEADER, Role.ORDER_GROUP, Role.WAREHOUSE, Role.DISPATCHER, Role.BRANCH_GM)


@dataclass(frozen=True)
class Head:
    """What every paper of one pack says at its top."""

    policy: Policy
    made_at: datetime
    made_by: str
    number: str

    def form(self, title: str, columns: Sequence[tuple[str, bool, int]], rows: Sequence[tuple[str, ...]],
             *, blocks: tuple[Block, ...] = (), remarks: tuple[Fact, ...] = ()) -> Form:  # fmt: skip
        """Return a list as a form, in the language being spoken."""
        stand = Fact(_("As of"), f"{dated(self.made_at.date())} {self.made_at:%H:%M}", strong=True)
        made = Form(
            template=LIST, language=current(), title=title, number=self.number,
            marks=(
                Fact(_("Pack no."), self.number), stand, Fact(_("Made by"), wording.person(_, self.made_by)),
            ),
            blocks=blocks, remarks=remarks,
            columns=wording.columns(_, columns), rows=tuple(rows),
        )  # fmt: skip
        return wording.issued(made, self.policy)


def plan(head: Head, people: Sequence[Account], numbers: Sequence[int]) -> Form:
    """Return the first paper: what to do, when the vans leave, whom to call."""
    delivery = head.policy.delivery
    waves = tuple(Fact(_("Departure"), f"{at:%H:%M}", strong=True) for at in delivery.departures)
    waves += tuple(Fact(_("Urgent car"), f"{at:%H:%M}", strong=True) for at in delivery.urgent_cars)
    halves = zip(("morning", "afternoon"), head.policy.delivery.parts, strict=True)
    waves += tuple(Fact(_(PARTS[name]), str(part)) for name, part in halves)
    steps = [
        _("Write each order on a blank slip; never use a number twice."),
        _("Sell at the prices of the list; cross off what you sell."),
        _("Deliver the open orders by route; the slips on the road are already out."),
        _("Afterwards enter every slip: ordersdesk pads enter NUMBER, also the spoiled ones."),
    ]
    do = [Fact(f"{place}.", step) for place, step in enumerate(steps, 1)]
    if numbers:
        do.append(Fact(_(NP_("handwritten", "Slip")), said_numbers(head.policy, numbers)))
    columns = ((N_("Person"), False, 4), (NP_("person", "As"), False, 4), (N_("Phone"), False, 5))
    blocks = (Block(_("What to do"), tuple(do)), Block(_("Vans leave"), waves))
    return head.form(_("When the power is out"), columns, list(_called(people)), blocks=blocks)


def said_numbers(policy: Policy, numbers: Sequence[int]) -> str:
    """Say which numbers a pack has, as ranges."""
    return word_list(run.said(policy) for run in ranges(numbers))


def _called(people: Sequence[Account]) -> Iterator[tuple[str, ...]]:
    for role in CALLED:
        for one in people:
            if one.is_active and role in one.roles:
                yield one.name or one.login, _(ROLE_NAMES[role]), ROOM


def blank(head: Head, number: int, writer: str) -> Form:
    """Return one blank slip with its number and who writes it, in the customers' language."""
    policy, say = head.policy, translator(head.policy.branch.language)
    said = number_said(policy, number)
    made = Form(
        template=BLANK, language=policy.branch.language, code=said, number=said, title=say(N_("Handwritten slip")),
        marks=(
            Fact(say(N_("Slip no.")), said, strong=True),
            *wording.facts(say, [(N_("Date"), ROOM), (N_("For slip no."), ROOM), (N_("Agent"), writer)]),
        ),
        blocks=(Block("", wording.facts(say, _TO_WRITE)),),
        columns=tuple(replace(column, figure=False, share=share) for column, share in _blank_columns(say)),
        rows=tuple((str(line), *_EMPTY) for line in range(1, LINES + 1)),
        total=("", say(N_("Sum")), *_EMPTY[1:]),
        sums=(Fact(say(N_("In words")), ROOM * 2), Fact(say(N_("Amount to pay")), ROOM)),
        remarks=_choices(say, policy),
        signatures=wording.signatures(say, _SIGNED),
        boxes=wording.boxes(say, [N_("Received by the customer (signature, stamp, date)")], ()),
        stamp=say(N_("Delivery stamp")),
        conditions=say(CONDITIONS).format(days=policy.slips.exchange_days),
    )  # fmt: skip
    return wording.issued(made, policy)


_TO_WRITE = (
    (N_("Customer"), ROOM * 2), (N_("Address"), ROOM * 2), (N_("Consignee"), ROOM), (N_("Phone"), ROOM),
)  # fmt: skip
_SIGNED = ((N_("Made out by"), ""), (N_("Checked by"), ""), (N_("Warehouse keeper"), ""), (N_("Driver"), ""))
_LEFT_OUT = ("Brand",)  # a hand has no room for it: it is written with the name
_SHARES = (3, 7, 17, 13, 5, 6, 6, 7, 6)
_EMPTY = ("_" * 8, "_" * 16, "_" * 8, "_" * 4, "_" * 6, "_" * 8, "_" * 9, "_" * 4)


def _blank_columns(say: Say) -> Iterator[tuple[Column, int]]:
    kept = (column for column in wording.GOODS if column.label not in _LEFT_OUT)
    return zip((replace(column, label=say(column.label), unit=False) for column in kept), _SHARES, strict=True)


def _choices(say: Say, policy: Policy) -> tuple[Fact, ...]:
    """Return what is ticked: why it is written by hand, and how it is paid."""
    reasons = "   ".join(f"□ {say(label)}" for label in REASONS.values())
    payments = "   ".join(f"□ {say(PAYMENTS[way])}" for way in policy.choices.payments)
    return wording.facts(say, [(N_("Why by hand"), reasons), (N_("Terms"), payments), (N_("Note"), ROOM * 2)])


def prices(head: Head, items: Sequence[PricedItem]) -> list[Form]:
    """Return the price list: one form for each department, so that each can lie where it is needed."""
    made: list[Form] = []
    for department, found in groupby(items, key=lambda item: item.department):
        title = _("Price list: {department}").format(department=_(DEPARTMENTS.get(department, department)))
        made.append(head.form(title, _PRICES, [_priced(head.policy, item) for item in found]))
    return made


_PRICES = (
    (N_("Item code"), False, 5), (N_("Description"), False, 12), (N_("Unit"), False, 4), (N_("List price"), True, 1),
    (N_("Other prices today"), False, 8), (N_("Free"), True, 1),
)  # fmt: skip


def _priced(policy: Policy, item: PricedItem) -> tuple[str, ...]:
    catalogue = policy.catalogue
    name = full_name(item.name, item.spec)
    if item.listing not in catalogue.small_listings:
        only = _("key customers only") if item.listing in catalogue.key_listings else _("ask first")
        name = _("{name} · {mark}").format(name=name, mark=only)
    packs = " ".join(f"{pack}={count}" for pack, count in item.packs)
    others = [
        *(_("key from {count}: {price}").format(count=step.from_quantity, price=formatted(step.price))
          for step in item.breaks),
        *map(_promotion, item.promotions),
    ]  # fmt: skip
    unit = " ".join(filter(None, (item.unit, packs)))
    return item.code, name, unit, formatted(item.list_price), clause_list(others), f"{item.free:,}"


def _promotion(promo: Promo) -> str:
    said = [_("promotion {price}").format(price=formatted(promo.price))]
    said += [_("key customers only")] if promo.classes == ("key",) else []
    said += [_("small customers only")] if promo.classes == ("small",) else []
    said += [_("up to {count}").format(count=promo.cap)] if promo.cap else []
    return " ".join(said)


def orders(head: Head, found: Sequence[OpenOrder]) -> list[Form]:
    """Return the orders to deliver: one form for each route, with phones in full (USR-5: for who delivers them)."""
    made: list[Form] = []
    for route, some in groupby(found, key=lambda order: order.route):
        title = _("Orders to deliver: {route}").format(route=route or _("no route"))
        made.append(head.form(title, _ORDERS, [_ordered(head.policy, order) for order in some], remarks=_secret()))
    return made


_ORDERS = (
    (N_("Order"), False, 6), (N_("Customer"), False, 7), (N_("To deliver"), False, 7), (N_("Promised"), False, 5),
    (N_("Total"), True, 1),
)  # fmt: skip


def _reached(policy: Policy, one: OpenOrder | OnTheRoad) -> str:
    return " ".join(filter(None, (one.contact, readable(one.phone, policy.phones))))


def _ordered(policy: Policy, order: OpenOrder) -> tuple[str, ...]:
    goods = clause_list(f"{each.code} × {each.pieces:,} {each.unit}".strip() for each in order.goods)
    part = _(PARTS.get(order.promised_part, "")) if order.promised_part else ""
    due = _("by {latest}").format(latest=order.latest) if order.latest else part
    promised = (short_day(order.promised_on), due, _(PAYMENTS.get(order.payment, order.payment)))
    who = [order.customer, _reached(policy, order), order.address, order.note]
    number = "\n".join(filter(None, (order.number, _("URGENT") if order.urgent else "")))
    return number, "\n".join(filter(None, who)), goods, "\n".join(filter(None, promised)), formatted(order.total)


def road(head: Head, found: Sequence[OnTheRoad]) -> Form:
    """Return the slips on the road: whose they are, who drives them, what is to be collected."""
    doors = head.policy.slips.at_the_door
    rows = [
        (
            "\n".join(filter(None, (slip.number, slip.sheet, slip.driver))),
            "\n".join(
                filter(
                    None,
                    (slip.customer, f"{slip.contact} {readable(slip.phone, head.policy.phones)}".strip(), slip.address),
                )
            ),
            formatted(slip.due) if slip.payment in doors else "",
            ROOM,
        )
        for slip in found
    ]
    columns = (
        (N_("Delivery slip no."), False, 4),
        (N_("Customer"), False, 8),
        (N_("To collect"), True, 1),
        (N_("What became of it"), False, 5),
    )
    return head.form(_("Slips on the road"), columns, rows, remarks=_secret())


def _secret() -> tuple[Fact, ...]:
    return (Fact(_("Confidential"), _("Phones and addresses in full: destroy this paper when the screens are back.")),)
