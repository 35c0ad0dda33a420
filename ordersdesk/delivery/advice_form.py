"""The shipping advice 发货告知书 as a form: what is on its way to the customer, and how (SLP-8)."""

from __future__ import annotations

from ordersdesk.delivery.form_queries import Paper, Ride, papers, ride_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, NP_, _, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.names import PAYMENTS
from ordersdesk.orders.readback import day_written
from ordersdesk.printing import wording
from ordersdesk.printing.forms import Block, Fact, Form
from ordersdesk.printing.wording import Say

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
    left = f"{ride.left_at.astimezone(desk.zone):%Y-%m-%d %H:%M}"
    return advice(paper, ride, left, desk.policy)


def advice(paper: Paper, ride: Ride, left: str, policy: Policy) -> Form:
    """Return the form of one advice; what is empty is left out."""
    say, head = translator(paper.language), paper.head
    dear = say(N_("To {name}: your goods are on their way.")).format(name=head.customer_name)
    return Form(
        template=TEMPLATE,
        language=paper.language,
        issuer=wording.issuer(policy),
        title=say(N_("Shipping advice")),
        number=head.number,
        code=head.number,
        marks=wording.facts(say, [(N_("Slip"), head.number), (N_("Order"), head.order_number)]),
        blocks=(Block(dear, wording.facts(say, _journey(say, paper, ride, left))),),
        columns=wording.columns(say, _COLUMNS),
        rows=tuple(
            (str(line.position), line.code, line.name, line.spec, line.unit, f"{line.pieces:,}") for line in paper.lines
        ),
        sums=(Fact(say(NP_("by the customer", "To pay")), formatted(head.due), strong=True),),
        remarks=wording.facts(
            say, [*_remarks(say, paper), (N_("Promised"), Calendar(policy).warning(paper.head.promised_on, say))]
        ),
        page=say(wording.PAGE),
    )


_COLUMNS = (
    (N_("No."), True, 1), (N_("Code"), False, 5), (N_("Name"), False, 10), (N_("Spec"), False, 5),
    (N_("Unit"), False, 2), (N_("Quantity"), True, 1),
)  # fmt: skip


def _journey(say: Say, paper: Paper, ride: Ride, left: str) -> list[tuple[str, str]]:
    head = paper.head
    return [
        (N_("Left at"), left), (N_("Promised"), day_written(say, head.promised_on, head.promised_part)),
        (N_("Carrier"), f"{head.carrier} {head.way}".strip()), (N_("Vehicle"), ride.vehicle),
        (N_("Driver"), ride.driver), (N_("Address"), head.address),
        (N_("Contact"), " ".join(filter(None, (head.contact, head.phone)))),
    ]  # fmt: skip


def _remarks(say: Say, paper: Paper) -> list[tuple[str, str]]:
    terms = say(PAYMENTS.get(paper.head.payment, paper.head.payment))
    ask = say(N_("Please count the goods when they arrive, sign the yellow copy, and tell us at once what is wrong."))
    return [(N_("Terms"), terms), (N_("Please"), ask)]
