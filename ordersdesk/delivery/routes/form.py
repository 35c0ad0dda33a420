"""The route sheet 排单回情表 as a form: the stops of one van, what they carry, and what came back (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Iterator

from ordersdesk.delivery.model.cash import at_the_door
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.routes.queries import sheet
from ordersdesk.delivery.routes.views import SheetView
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import dated, short_day
from ordersdesk.foundation.texts.language import N_, NP_, current, translator
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.book.readback import PARTS
from ordersdesk.orders.terms.labels import PAYMENTS
from ordersdesk.people.queries import account
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Fact, Form
from ordersdesk.printing.forms.wording import Say

TEMPLATE = "list"


def route_of(desk: Desk, number: str) -> Form:
    """Return a route sheet as it is printed now, in the language of the desk."""
    view = sheet(desk, number)
    with desk.reading() as session:
        maker = account(session, view.head.created_by)
    return route(view, desk.policy, current(), maker.name if maker else view.head.created_by)


def route(view: SheetView, policy: Policy, language: str, dispatcher: str = "") -> Form:
    """Return the form of one route sheet: one line for each stop, urgent ones marked."""
    say, head = translator(language), view.head
    marks = [
        (N_("Sheet no."), head.number), (N_("Route"), head.route),
        (N_("Day"), f"{dated(head.day, say)} {head.wave}".strip()),
        (N_("Vehicle"), head.vehicle), (N_("Driver"), head.driver), (N_("Note"), head.note),
    ]  # fmt: skip
    made = Form(
        template=TEMPLATE,
        language=language,
        title=say(NP_("paper", "Route sheet")),
        number=head.number,
        code=head.number,
        marks=wording.facts(say, marks),
        columns=wording.columns(say, _COLUMNS, by_hand=_BY_HAND, solid=("Delivery slip no.",)),
        rows=tuple(_stop(say, place, slip, policy) for place, slip in enumerate(view.slips, 1)),
        sums=tuple(_sums(say, view, policy)),
        signatures=wording.signatures(say, [(N_("Dispatcher"), wording.person(say, dispatcher)), *_SIGNED]),
        wide=True,
    )
    return wording.issued(made, policy)


_COLUMNS = (
    (N_("No."), True, 1), (N_("Delivery slip no."), False, 11), (N_("Customer"), False, 10), (N_("Address"), False, 12),
    (N_("Contact and phone"), False, 10), (N_("Parcels"), True, 1), (N_("Terms"), False, 5),
    (N_("To collect"), True, 1), (N_("Requested for"), False, 7), (N_("Signed by and when"), False, 8),
    (N_("What became of it"), False, 7),
)  # fmt: skip
_BY_HAND = ("Signed by and when", "What became of it")
_SIGNED = ((N_("Warehouse keeper (parcels)"), ""), (N_("Driver"), ""), (N_("Cashier"), ""))


def _stop(say: Say, place: int, slip: SlipHead, policy: Policy) -> tuple[str, ...]:
    flags = [say(N_("URGENT"))] if slip.urgent else []
    flags += [say(N_("VALUABLE"))] if slip.valuable else []
    money = at_the_door(slip.payment, slip.due, policy.slips.at_the_door)
    day = short_day(slip.promised_on) if slip.promised_on else ""
    part = say(PARTS[slip.promised_part]) if PARTS.get(slip.promised_part) else ""
    due = say(N_("by {latest}")).format(latest=slip.latest) if slip.latest else part
    return (
        str(place), "\n".join([slip.number, *flags]), slip.customer_name,
        "\n".join(filter(None, (slip.address, slip.note))),
        "\n".join(filter(None, (slip.department, slip.contact, readable(slip.phone, policy.phones, say)))),
        f"{slip.parcels:,}" if slip.parcels else "", say(PAYMENTS.get(slip.payment, slip.payment)),
        formatted(money) if money else "", " ".join(filter(None, (day, due))), "", "",
    )  # fmt: skip


def _sums(say: Say, view: SheetView, policy: Policy) -> Iterator[Fact]:
    """Yield the sums; parcels that nobody has counted yet and money that is still to come are written by hand."""
    parcels = sum(slip.parcels for slip in view.slips) if all(slip.parcels for slip in view.slips) else 0
    yield Fact(say(N_("Slips in all")), f"{len(view.slips):,}")
    yield Fact(say(N_("Parcels in all")), f"{parcels:,}" if parcels else "")
    yield Fact(say(N_("To collect in all")), wording.money(say, view.to_collect, policy), strong=True)
    yield Fact(say(N_("Cash received")), wording.money(say, view.collected, policy) if view.head.back_at else "")
