"""The delivery slip 销售送货清单 as a form: the one model of every paper it is printed on (SLP-2, SLP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ordersdesk.delivery.form_queries import Paper, PaperHead, PaperLine, papers
from ordersdesk.delivery.reasons import refused_words
from ordersdesk.delivery.rules import came_back
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, NP_, _, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.names import PAYMENTS
from ordersdesk.orders.readback import day_written
from ordersdesk.printing import wording
from ordersdesk.printing.figures import in_words
from ordersdesk.printing.forms import Column, Copy, Fact, Form
from ordersdesk.printing.wording import Say

TEMPLATE = "slip"
COPIES = {
    "white": N_("White: warehouse"),
    "pink": N_("Pink: finance"),
    "blue": N_("Blue: customer"),
    "yellow": N_("Yellow: signed receipt"),
}


def slips_of(desk: Desk, numbers: Iterable[str]) -> list[Form]:
    """Return slips as they are printed now, in the order asked for; refused (SLP-9) when one is void.

    A slip that was printed before carries the mark of a reprint, with the count of prints so far: the form of a
    reprint is read before that reprint is counted.
    """
    found = papers(desk, numbers)
    for paper in found:
        if paper.head.state == "void":
            raise Refused(
                "SLP-9",
                _("{number} is void: there is nothing to print.").format(number=paper.head.number),
                mend=_("Allocate the order again."),
                field="number",
            )
    return [slip(paper, desk.policy) for paper in found]


def slip(paper: Paper, policy: Policy) -> Form:
    """Return the form of one slip; what is empty is left out."""
    say, head = translator(paper.language), paper.head
    return Form(
        template=TEMPLATE,
        language=paper.language,
        issuer=wording.issuer(policy),
        title=say(N_("Delivery slip")),
        number=head.number,
        code=head.number,
        flags=tuple(say(flag) for flag, is_set in _flags(head) if is_set),
        reprint=say(N_("Reprint {count}")).format(count=head.prints) if head.prints else "",
        copies=copies(say, policy),
        marks=wording.facts(say, _marks(paper), strong=_STRONG),
        blocks=wording.blocks(say, _blocks(say, paper), strong=_STRONG),
        columns=tuple(
            Column(say(name), figure=figure, share=share, sign=_SIGNS.get(name, "")) for name, figure, share in _COLUMNS
        ),
        rows=(*(_row(say, line) for line in paper.lines), *_services(say, head)),
        sums=tuple(_sums(say, paper, at_the_door=head.payment in policy.slips.at_the_door)),
        remarks=wording.facts(
            say,
            [*_remarks(say, head), (N_("Promised"), Calendar(policy).warning(head.promised_on, say))],
            strong=_STRONG,
        ),
        boxes=wording.boxes(say, _BOXES, (N_("Signature"), N_("Date"))),
        stamp=say(N_("Delivery stamp")),
        page=say(wording.PAGE),
    )


def copies(say: Say, policy: Policy) -> tuple[Copy, ...]:
    """Return the plies of a slip, in the policy's order (SLP-2)."""
    return tuple(Copy(ply, say(COPIES[ply])) for ply in policy.slips.copies)


_COLUMNS = (
    (N_("No."), True, 1), (N_("Code"), False, 5), (N_("Name"), False, 9), (N_("Spec"), False, 5),
    (N_("Unit"), False, 2), (N_("Quantity"), True, 1), (N_("Price"), True, 1), (N_("Amount"), True, 1),
)  # fmt: skip
_SIGNS = {"Price": "×", "Amount": "="}
_BOXES = (NP_("signature", "Warehouse"), N_("Driver"), N_("Received in full"))


_STRONG = ("Slip", "Name", "Leaves", "Route", "In words")


def _flags(head: PaperHead) -> tuple[tuple[str, bool], ...]:
    return (
        (N_("URGENT"), head.urgent),
        (N_("VALUABLE"), head.valuable),
        (N_("LEFT FIRST"), head.released_first),
    )


def _marks(paper: Paper) -> list[tuple[str, str]]:
    head = paper.head
    return [
        (N_("Slip"), head.number), (N_("Date"), head.business_date.isoformat()), (N_("Order"), head.order_number),
        (N_("Handwritten slip"), paper.handwritten),
    ]  # fmt: skip


def _blocks(say: Say, paper: Paper) -> list[tuple[str, list[tuple[str, str]]]]:
    head = paper.head
    return [
        (N_("Customer"), [
            (N_("Name"), head.customer_name), (N_("Number"), paper.customer_number), (N_("Address"), head.address),
            (N_("Contact"), head.contact), (N_("Phone"), head.phone),
        ]),
        (N_("Delivery"), [
            (N_("Leaves"), f"{head.leaves_on.isoformat()} {head.wave}".strip()), (N_("Route"), head.route),
            (N_("Promised"), day_written(say, head.promised_on, head.promised_part)),
            (N_("Carrier"), f"{head.carrier} {head.way}".strip()),
            (N_("Warehouse"), paper.warehouse), (N_("Terms"), say(PAYMENTS.get(head.payment, head.payment))),
        ]),
    ]  # fmt: skip


def _row(say: Say, line: PaperLine) -> tuple[str, ...]:
    name = say(N_("{goods} · valuable")).format(goods=line.name) if line.valuable else line.name
    told = "\n".join(filter(None, (name, line.note, refused_words(line.refused, line.refused_why, say))))
    return (
        str(line.position), line.code, told, line.spec, line.unit,
        f"{line.pieces:,}", formatted(line.price), formatted(line.amount),
    )  # fmt: skip


def _services(say: Say, head: PaperHead) -> Iterator[tuple[str, ...]]:
    """Yield packing and insurance of valuable goods, which the house pays for (DLV-6)."""
    for service in head.services:
        value = formatted(Decimal(str(service["value"])))
        yield ("", "", say(str(service["name"])), say(N_("value {amount}")).format(amount=value), "",
               f"{service['pieces']:,}", "", "")  # fmt: skip


def _sums(say: Say, paper: Paper, *, at_the_door: bool) -> Iterator[Fact]:
    head = paper.head
    yield Fact(say(N_("Goods")), formatted(head.goods))
    if back := came_back(paper.lines):
        yield Fact(say(N_("Came back")), formatted(back))
    yield Fact(say(N_("Delivery fee, as agreed") if paper.fee_agreed else N_("Delivery fee")), formatted(head.fee))
    if head.deposit:
        yield Fact(say(N_("Deposit paid")), f"-{formatted(head.deposit)}")
    yield Fact(say(N_("To collect") if at_the_door else N_("Total")), formatted(head.due), strong=True)


def _remarks(say: Say, head: PaperHead) -> list[tuple[str, str]]:
    load = [wording.counted(say, N_("{count} piece"), N_("{count} pieces"), head.pieces)]
    if head.parcels:
        load.append(wording.counted(say, N_("{count} parcel"), N_("{count} parcels"), head.parcels))
    if head.weight_g:
        load.append(say(N_("{kg} kg")).format(kg=f"{head.weight_g / 1000:,.1f}"))
    if head.volume_cm3:
        load.append(say(N_("{volume} cbm")).format(volume=f"{head.volume_cm3 / 1_000_000:,.3f}"))
    return [(N_("In words"), in_words(head.due)), (N_("Cargo"), " · ".join(load)), (N_("Note"), head.note)]
