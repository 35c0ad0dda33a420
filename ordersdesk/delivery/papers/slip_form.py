"""The delivery slip 销售送货清单 as a form: the one model of every paper it is printed on (SLP-2, SLP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ordersdesk.delivery.model.labels import refused_words
from ordersdesk.delivery.model.rules import came_back
from ordersdesk.delivery.papers.queries import Paper, PaperHead, PaperLine, papers
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import dated
from ordersdesk.foundation.texts.language import N_, _, translator, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.book.readback import day_written
from ordersdesk.orders.terms.labels import PAYMENTS, invoicing
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.figures import in_words
from ordersdesk.printing.forms.form import Copy, Fact, Form
from ordersdesk.printing.forms.wording import Say

TEMPLATE = "slip"
PLACES = (N_("Copy 1"), N_("Copy 2"), N_("Copy 3"), N_("Copy 4"))
COPIES = {
    "white": N_("{place}, white: warehouse"),
    "pink": N_("{place}, pink: finance"),
    "blue": N_("{place}, blue: customer"),
    "yellow": N_("{place}, yellow: receipt"),
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
    made = Form(
        template=TEMPLATE,
        language=paper.language,
        title=say(N_("Delivery slip")),
        number=head.number,
        code=head.number,
        flags=tuple(say(flag) for flag, is_set in _flags(head) if is_set),
        reprint=say(N_("Reprint {count}")).format(count=head.prints) if head.prints else "",
        copies=plies(say, policy),
        marks=wording.facts(say, _marks(say, paper), strong=_STRONG),
        blocks=wording.blocks(say, _blocks(say, paper, policy), strong=_STRONG),
        columns=wording.goods(say),
        rows=(*(_row(say, line) for line in paper.lines), *_services(say, head)),
        total=_total(say, paper),
        sums=tuple(_sums(say, paper, policy)),
        remarks=wording.facts(
            say,
            [*_remarks(say, head), (N_("Promised"), Calendar(policy).warning(head.promised_on, say))],
            strong=_STRONG,
        ),
        signatures=wording.signatures(say, [(N_("Made out by"), wording.person(say, paper.made_by)), *_SIGNED]),
        boxes=wording.boxes(say, [N_("Received by the customer (signature, stamp, date)")], ()),
        stamp=say(N_("Delivery stamp")),
        conditions=say(CONDITIONS).format(days=policy.slips.exchange_days),
    )
    return wording.issued(made, policy)


def plies(say: Say, policy: Policy, wanted: Sequence[str] = ()) -> tuple[Copy, ...]:
    """Return the plies of a slip, all or some; each is called by its place in the policy's order (SLP-2)."""
    ours = policy.slips.copies
    places = {ply: say(place) for ply, place in zip(ours, PLACES, strict=False)}
    return tuple(Copy(ply, say(COPIES[ply]).format(place=places.get(ply, "")).strip(", ")) for ply in wanted or ours)


_SIGNED = ((N_("Checked by"), ""), (N_("Warehouse keeper"), ""), (N_("Driver"), ""))
CONDITIONS = N_("Please check the goods on delivery; what has a fault is exchanged free of charge within {days} days.")
_STRONG = ("Slip", "Customer", "To leave", "Route", "In words")


def _flags(head: PaperHead) -> tuple[tuple[str, bool], ...]:
    return (
        (N_("URGENT"), head.urgent),
        (N_("VALUABLE"), head.valuable),
        (N_("LEFT FIRST"), head.released_first),
    )


def _marks(say: Say, paper: Paper) -> list[tuple[str, str]]:
    head = paper.head
    return [
        (N_("Slip no."), head.number), (N_("Date"), dated(head.business_date, say)), (N_("Order"), head.order_number),
        (N_("From warehouse"), paper.warehouse), (N_("Handwritten slip"), paper.handwritten),
    ]  # fmt: skip


def _blocks(say: Say, paper: Paper, policy: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who receives it, and how it goes: two lists beside each other, which need no titles."""
    head = paper.head
    phone = readable(head.phone, policy.phones, say)
    return [
        ("", [
            (N_("Customer"), head.customer_name), (N_("Customer no."), paper.customer_number),
            (N_("Address"), head.address),
            (N_("Consignee"), " ".join(filter(None, (head.department, head.contact, phone)))),
            (N_("Agent"), wording.reached(say, paper.agent, policy)),
        ]),
        ("", [
            (N_("To leave"), f"{dated(head.leaves_on, say)} {head.wave}".strip()), (N_("Route"), head.route),
            (N_("Promised"), day_written(say, head.promised_on, head.promised_part, head.latest)),
            (N_("Carrier"), f"{head.carrier} {head.way}".strip()),
            (N_("Terms"), say(PAYMENTS.get(head.payment, head.payment))),
            (N_("Invoicing"), invoicing(say, paper.invoice, head.payment)),
        ]),
    ]  # fmt: skip


def _row(say: Say, line: PaperLine) -> tuple[str, ...]:
    dear = say(N_("valuable")) if line.valuable else ""
    notes = (dear, line.note, refused_words(line.refused, line.refused_why, say))
    return (
        str(line.position), line.code, line.name, line.brand,
        wording.described(line.name, line.spec, line.model, line.colour), line.unit, f"{line.pieces:,}",
        formatted(line.price), formatted(line.amount), "\n".join(filter(None, notes)),
    )  # fmt: skip


def _services(say: Say, head: PaperHead) -> Iterator[tuple[str, ...]]:
    """Yield packing and insurance of valuable goods, which the house pays for (DLV-6)."""
    for service in head.services:
        value = formatted(Decimal(str(service["value"])))
        yield ("", "", say(str(service["name"])), "", say(N_("value {amount}")).format(amount=value), "",
               f"{service['pieces']:,}", "", "", "")  # fmt: skip


def _total(say: Say, paper: Paper) -> tuple[str, ...]:
    pieces = sum(line.pieces for line in paper.lines)
    return "", say(N_("Sum")), "", "", "", "", f"{pieces:,}", "", formatted(paper.head.goods), ""


def _sums(say: Say, paper: Paper, policy: Policy) -> Iterator[Fact]:
    head = paper.head
    if back := came_back(paper.lines):
        yield Fact(say(N_("Came back")), formatted(back))
    yield Fact(say(N_("Delivery fee, as agreed") if paper.fee_agreed else N_("Delivery fee")), formatted(head.fee))
    if head.deposit:
        yield Fact(say(N_("Deposit paid")), f"-{formatted(head.deposit)}")
    label = N_("Amount to pay") if head.payment in policy.slips.at_the_door else N_("Amount of this slip")
    yield Fact(say(label), wording.money(say, head.due, policy), strong=True)


def _remarks(say: Say, head: PaperHead) -> list[tuple[str, str]]:
    load: list[str] = []
    if head.parcels:
        load.append(wording.counted(say, N_("{count} parcel"), N_("{count} parcels"), head.parcels))
    if head.weight_g:
        load.append(say(N_("{kg} kg")).format(kg=f"{head.weight_g / 1000:,.1f}"))
    if head.volume_cm3:
        load.append(say(N_("{volume} cbm")).format(volume=f"{head.volume_cm3 / 1_000_000:,.3f}"))
    return [(N_("In words"), in_words(head.due)), (N_("Cargo"), word_list(load, say)), (N_("Note"), head.note)]
