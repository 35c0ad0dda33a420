"""The shipping advice 发货告知书 as a form: what is on its way to the customer, and how (SLP-8)."""

from __future__ import annotations

from datetime import datetime

from ordersdesk.delivery.papers.queries import Paper, PaperHead, PaperLine, Ride, papers, ride_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import dated
from ordersdesk.foundation.texts.language import N_, _, translator
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.book.readback import day_written
from ordersdesk.orders.terms.labels import PAYMENTS
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Block, Fact, Form
from ordersdesk.printing.forms.wording import Say

TEMPLATE = "letter"


def advice_of(desk: Desk, number: str) -> Form:
    """Return the advice of a slip that has left, in the customer's language; refused (SLP-8) for one that has not."""
    paper, ride = papers(desk, [number])[0], ride_of(desk, number)
    if ride.left_at is None:
        raise Refused(
            "SLP-8",
            _("{number} has not left yet: there is nothing to advise.").format(number=paper.head.number),
            mend=_("Let its route sheet depart first."),
            field="number",
        )
    return advice(paper, ride, ride.left_at.astimezone(desk.zone), desk.policy)


def advice(paper: Paper, ride: Ride, left: datetime, policy: Policy) -> Form:
    """Return the form of one advice; what is empty is left out, the driver's telephone is written by hand (P15)."""
    say, head = translator(paper.language), paper.head
    made = Form(
        template=TEMPLATE,
        language=paper.language,
        title=say(N_("Shipping advice")),
        number=head.number,
        code=head.number,
        marks=wording.facts(say, [(N_("Slip no."), head.number), (N_("Order"), head.order_number)]),
        blocks=(Block(_opening(say, paper), wording.facts(say, _journey(say, paper, ride, left, policy))),),
        columns=wording.columns(say, _COLUMNS, unit="Unit"),
        rows=tuple(_row(line) for line in paper.lines),
        sums=(Fact(say(_due(head, policy)), wording.money(say, head.due, policy), strong=True),),
        remarks=wording.facts(say, [(N_("Promised"), Calendar(policy).warning(head.promised_on, say))]),
        closing=tuple(say(words) for words in (_ASK, *_ENDING)),
        day=dated(left.date(), say),
    )
    return wording.issued(made, policy)


_COLUMNS = (
    (N_("No."), True, 1), (N_("Item code"), False, 5), (N_("Description"), False, 9), (N_("Brand"), False, 4),
    (N_("Spec and model"), False, 9), (N_("Unit"), False, 3), (N_("Quantity"), True, 1),
)  # fmt: skip
_ASK = N_("Please count the goods when they arrive, sign the yellow copy, and tell us at once what is wrong.")
_ENDING = (N_("Yours sincerely,"), N_("We thank you for your order."))


def _opening(say: Say, paper: Paper) -> str:
    text = N_("Dear {name} of {customer}, your goods are on their way to you:")
    return say(text).format(name=paper.head.contact, customer=paper.head.customer_name)


def _due(head: PaperHead, policy: Policy) -> str:
    return N_("Amount to pay") if head.payment in policy.slips.at_the_door else N_("Amount of this slip")


def _journey(say: Say, paper: Paper, ride: Ride, left: datetime, policy: Policy) -> list[tuple[str, str]]:
    head, phone = paper.head, readable(paper.head.phone, policy.phones, say)
    parcels = wording.counted(say, N_("{count} parcel"), N_("{count} parcels"), head.parcels) if head.parcels else ""
    return [
        (N_("Date of shipping"), f"{dated(left.date(), say)} {left:%H:%M}"),
        (N_("To arrive"), day_written(say, head.promised_on, head.promised_part, head.latest)),
        (N_("Parcels"), parcels or wording.ROOM), (N_("Carrier"), f"{head.carrier} {head.way}".strip()),
        (N_("Vehicle"), ride.vehicle), (N_("Driver"), ride.driver),
        (N_("Driver's phone"), "" if head.carrier else wording.ROOM), (N_("Address"), head.address),
        (N_("Consignee"), " ".join(filter(None, (head.department, head.contact, phone)))),
        (N_("Terms"), say(PAYMENTS.get(head.payment, head.payment))),
        (N_("Agent"), wording.reached(say, paper.agent, policy)),
    ]  # fmt: skip


def _row(line: PaperLine) -> tuple[str, ...]:
    described = wording.described(line.name, line.spec, line.model, line.colour)
    return str(line.position), line.code, line.name, line.brand, described, line.unit, f"{line.pieces:,}"
