"""The route sheet 排单回情表 as a form: the stops of one van, what they carry, and what came back (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Iterator

from ordersdesk.delivery.cash import at_the_door
from ordersdesk.delivery.route_queries import sheet
from ordersdesk.delivery.route_views import SheetView
from ordersdesk.delivery.views import SlipHead
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, NP_, current, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.policy import Policy
from ordersdesk.orders.readback import PARTS
from ordersdesk.printing import wording
from ordersdesk.printing.forms import Fact, Form
from ordersdesk.printing.wording import Say

TEMPLATE = "list"


def route_of(desk: Desk, number: str) -> Form:
    """Return a route sheet as it is printed now, in the language of the desk."""
    return route(sheet(desk, number), desk.policy, current())


def route(view: SheetView, policy: Policy, language: str) -> Form:
    """Return the form of one route sheet: one line for each stop, urgent ones marked."""
    say, head = translator(language), view.head
    marks = [
        (N_("Route"), head.route), (N_("Day"), f"{head.day.isoformat()} {head.wave}".strip()),
        (N_("Vehicle"), head.vehicle), (N_("Driver"), head.driver), (N_("Note"), head.note),
    ]  # fmt: skip
    return Form(
        template=TEMPLATE,
        language=language,
        issuer=wording.issuer(policy),
        title=say(NP_("paper", "Route sheet")),
        number=head.number,
        code=head.number,
        marks=wording.facts(say, marks),
        columns=wording.columns(say, _COLUMNS),
        rows=tuple(_stop(say, place, slip, policy) for place, slip in enumerate(view.slips, 1)),
        sums=tuple(_sums(say, view)),
        boxes=wording.boxes(say, _BOXES, (N_("Signature"), N_("Date"))),
        page=say(wording.PAGE),
    )


_COLUMNS = (
    (N_("Stop"), True, 1), (N_("Slip"), False, 7), (N_("Customer"), False, 12), (N_("Promised"), False, 5),
    (N_("Pieces"), True, 1), (N_("Parcels"), True, 1), (N_("To collect"), True, 1), (N_("What became of it"), False, 6),
)  # fmt: skip
_BOXES = (N_("Dispatcher"), N_("Driver"), N_("Cashier"))


def _stop(say: Say, place: int, slip: SlipHead, policy: Policy) -> tuple[str, ...]:
    flags = [say(N_("URGENT"))] if slip.urgent else []
    flags += [say(N_("VALUABLE"))] if slip.valuable else []
    who = [slip.customer_name, slip.address, " ".join(filter(None, (slip.contact, slip.phone))), slip.note]
    day = slip.promised_on.isoformat() if slip.promised_on else ""
    part = say(PARTS[slip.promised_part]) if PARTS.get(slip.promised_part) else ""
    money = at_the_door(slip.payment, slip.due, policy.slips.at_the_door)
    return (
        str(place), "\n".join([slip.number, *flags]), "\n".join(filter(None, who)), f"{day}\n{part}".strip(),
        f"{slip.pieces:,}", f"{slip.parcels:,}" if slip.parcels else "", formatted(money) if money else "", "",
    )  # fmt: skip


def _sums(say: Say, view: SheetView) -> Iterator[Fact]:
    yield Fact(say(N_("Stops")), f"{len(view.slips):,}")
    yield Fact(say(N_("Pieces")), f"{sum(slip.pieces for slip in view.slips):,}")
    yield Fact(say(N_("Parcels")), f"{sum(slip.parcels for slip in view.slips):,}")
    yield Fact(say(N_("To collect")), formatted(view.to_collect), strong=True)
