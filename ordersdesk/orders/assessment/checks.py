"""The automatic review of an order (ORD-4, ORD-5): each check is a plain function from the case to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from ordersdesk.catalogue.wares import PriceSource
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.assessment import gates
from ordersdesk.orders.assessment.case import Case, Finding, Line, Recent, Weight, amount
from ordersdesk.orders.assessment.fees import overrides
from ordersdesk.orders.assessment.plausible import is_name, names_place, phone_trouble
from ordersdesk.orders.assessment.sheet_rules import SPECIAL, special_of
from ordersdesk.orders.promise.waves import said
from ordersdesk.orders.terms.finding import About
from ordersdesk.orders.terms.occasions import DOUBLE, FEE, FINANCE, LEGAL, SPECIAL_GOODS

STOP, ASK, REVIEW = Weight.STOP, Weight.ASK, Weight.REVIEW

REQUIRED: tuple[tuple[str, str], ...] = (
    ("customer", N_("Who is ordering? The customer is missing.")),
    ("contact", N_("Whom do we ask for? The contact is missing.")),
    ("phone", N_("The contact's phone is missing.")),
    ("address", N_("Where does it go? The address is missing.")),
    ("lines", N_("There is no line yet.")),
)
DECLINED = N_(
    "{item} is special goods, for key customers only. Say: “I am sorry, we cannot get this article for you; from our"
    " catalogue I gladly find you something like it.”"
)
SAME_ITEM = "ORD-4"
_CHOICES = (("payment", "payments"), ("invoice", "invoices"), ("channel", "channels"))


def review(case: Case) -> list[Finding]:
    """Return all findings, those that stop first; answered questions are left out."""
    accepted = set(case.draft.accepted)
    found = [replace(finding, about=about) for check, about in CHECKS.items() for finding in check(case)]
    left = [finding for finding in found if finding.weight != ASK or finding.key not in accepted]
    return sorted(left, key=lambda finding: list(Weight).index(finding.weight))


def same_item(case: Case, place: int) -> Finding | None:
    """Return the question whether goods that stand on another line already are meant once more (ORD-4)."""
    line = case.lines[place]
    others = [one for one in case.lines if one.ware and line.ware and one.ware.id == line.ware.id and one is not line]
    if not others or line.ware is None:
        return None
    facts = {"item": line.ware.code, "line": others[0].place + 1, "quantity": others[0].quantity}
    text = N_("{item} is on line {line} already, {quantity} of it: once more?")
    subject = on_lines(line.ware.code, len(others) + 1)
    return Finding(SAME_ITEM, ASK, text, facts, field=_at(line, "quantity"), subject=subject)


def on_lines(code: str, times: int) -> str:
    """Name goods on so many lines, as a yes does: one to two lines is none to three."""
    return code if times == 2 else f"{code}×{times}"


def _required(case: Case) -> Iterator[Finding]:
    for field, text in REQUIRED:
        if not getattr(case.draft, field):
            yield Finding("ORD-1", STOP, text, field=field)
    if case.draft.customer and case.buyer is None:
        facts = {"number": case.draft.customer}
        yield Finding("ORD-1", STOP, N_("There is no customer {number}."), facts, field="customer")
    for field, allowed in _CHOICES:
        value = case.payment if field == "payment" else getattr(case.draft, field)
        known = getattr(case.policy.choices, allowed)
        if value not in known:
            facts = {"value": value, "known": list(known)}
            yield Finding("ORD-1", STOP, N_("“{value}” is not among: {known}."), facts, field=field)


def _blocked(case: Case) -> Iterable[Finding]:
    return gates.blocked(case.standing, case.policy) if case.standing else ()


def _plausible(case: Case) -> Iterator[Finding]:
    draft = case.draft
    if draft.phone and (wrong := phone_trouble(draft.phone, case.policy)):
        yield Finding(wrong.rule, STOP, "{reason}", {"reason": wrong.message}, field="phone")
    if draft.address and not names_place(draft.address):
        yield Finding("ORD-4", STOP, N_("The address names neither a street nor a place."), field="address")
    if draft.contact and not is_name(draft.contact):
        yield Finding("ORD-4", STOP, N_("The contact is no name: whom does the driver ask for?"), field="contact")
    if len(case.lines) > case.policy.orders.most_lines:
        facts = {"most": case.policy.orders.most_lines}
        yield Finding("ORD-1", STOP, N_("An order has at most {most} lines."), facts, field="lines")


def _typed(case: Case) -> Iterator[Finding]:
    for line in case.lines:
        if line.trouble:
            facts = {"reason": line.trouble.message}
            yield Finding(line.trouble.rule, STOP, "{reason}", facts, field=_at(line, line.trouble.field or "item"))


def _twice(case: Case) -> Iterator[Finding]:
    """Ask of the last line of each item that stands on several, whoever wrote it: a screen, a command or a program."""
    last = {line.ware.id: place for place, line in enumerate(case.lines) if line.ware}
    for place in sorted(last.values()):
        if asked := same_item(case, place):
            yield asked


def _orderable(case: Case) -> Iterator[Finding]:
    key = case.buyer is not None and case.buyer.size_class == "key"
    listings = case.policy.catalogue.key_listings if key else case.policy.catalogue.small_listings
    for line in case.lines:
        if line.ware is None:
            continue
        facts = {"item": line.ware.full_name, "replacement": line.ware.replacement or "–"}
        if line.ware.discontinued:
            text = N_("{item} is no longer sold; its replacement is {replacement}.")
            yield Finding("CAT-2", STOP, text, facts, field=_at(line, "item"))
        elif line.ware.listing not in listings and line.ware.listing == SPECIAL:
            yield Finding("QUO-7", STOP, DECLINED, facts, field=_at(line, "item"))
        elif line.ware.listing not in listings:
            text = N_("{item} is not in this customer's catalogue; product planning must agree.")
            yield Finding("QUO-4", REVIEW, text, facts, occasion=SPECIAL_GOODS.name, field=_at(line, "item"))


def _priced(case: Case) -> Iterator[Finding]:
    """Nothing is sold for nothing: goods without a price wait until somebody has set one (CAT-3)."""
    for line in case.lines:
        if line.ware and line.priced and line.priced.source is PriceSource.NONE:
            text = N_("{item} has no price: product planning must set one first.")
            yield Finding("CAT-3", STOP, text, {"item": line.ware.full_name}, field=_at(line, "item"))


def _limits(case: Case) -> Iterator[Finding]:
    wares = {line.ware.id: (line.ware, line) for line in case.lines if line.ware}
    for item_id, pieces in case.quantities().items():
        ware, line = wares[item_id]
        if ware.purchase_limit and pieces > ware.purchase_limit:
            facts = {"item": ware.full_name, "limit": ware.purchase_limit, "pieces": pieces}
            text = N_("At most {limit} of {item} per order; {pieces} wanted.")
            yield Finding("ORD-4", STOP, text, facts, field=_at(line, "quantity"))


def _shortages(case: Case) -> Iterator[Finding]:
    for line in case.lines:
        if line.ware and line.asks_how:
            facts = {"item": line.ware.full_name, "left": line.quantity - line.short, "wanted": line.quantity}
            text = N_("Only {left} of {item} left, {wanted} wanted: how shall the rest come?")
            yield Finding("STK-5", STOP, text, facts, field=_at(line, "shortage"))
        if line.ware and line.draft.shortage and line.quantity and line.ordered == 0:
            facts = {"item": line.ware.full_name}
            yield Finding(
                "STK-5",
                STOP,
                N_("Nothing of {item} is left to sell: remove the line."),
                facts,
                field=_at(line, "quantity"),
            )


def _credit(case: Case) -> Iterable[Finding]:
    return gates.credit(case.standing, case.policy) if case.standing else ()


def _large(case: Case) -> Iterable[Finding]:
    return gates.large(case.standing, case.policy) if case.standing else ()


_LOOKS = {
    "contract": N_("It is signed with contract {contract}."),
    "large": N_("It is a large order."),
    "first": N_("It is the first order of a key customer."),
}


def _looked_at(case: Case) -> Iterator[Finding]:
    """Have finance look at price and payment, and legal at the contract, where the policy says so (T1.10–12)."""
    large = case.total + case.taken >= case.policy.orders.large_order_limit
    holds = {"contract": bool(case.draft.contract.strip()), "large": large, "first": case.is_first}
    orders = case.policy.orders
    for occasion, looks in ((FINANCE, orders.finance_looks), (LEGAL, orders.legal_looks)):
        why = next((name for name in _LOOKS if name in looks and holds[name]), None)
        if why:
            facts = {"contract": case.draft.contract.strip()}
            yield Finding("ORD-5", REVIEW, _LOOKS[why], facts, occasion=occasion.name, measure=case.total)


def _special(case: Case) -> Iterator[Finding]:
    """Ask the manager about special goods from an amount on: those of the whole day together (QUO-4)."""
    here, limit = special_of(case), case.policy.sheets.special_limit
    together = here + case.special_taken
    if here and together >= limit:
        facts = {"amount": amount(together), "limit": amount(limit)}
        text = N_("Special goods for {amount} are ordered (from {limit}).")
        yield Finding("QUO-4", REVIEW, text, facts, occasion=SPECIAL_GOODS.name, measure=together)


def _delivery(case: Case) -> Iterator[Finding]:
    if case.promise_trouble:
        facts = {"reason": case.promise_trouble.message}
        yield Finding(
            case.promise_trouble.rule, STOP, "{reason}", facts, field=case.promise_trouble.field or "deliver_on"
        )


def _fee(case: Case) -> Iterator[Finding]:
    """Another fee than the rule's needs its reason, and somebody's yes (DLV-1)."""
    if overrides(case.draft.fee, case.fee_by_rule) is None:
        return
    facts = {"fee": amount(case.fee), "rule": amount(case.fee_by_rule), "reason": case.draft.fee_reason}
    if not case.draft.fee_reason.strip():
        text = N_("The delivery fee is {rule}: why shall it be {fee}?")
        yield Finding("DLV-1", STOP, text, facts, field="fee_reason")
    text = N_("The delivery fee shall be {fee} instead of {rule}: {reason}")
    yield Finding("DLV-1", REVIEW, text, facts, occasion=FEE.name, field="fee")


def _first_prices(case: Case) -> Iterator[Finding]:
    if case.buyer is None or case.buyer.size_class != "key":
        return
    for line in case.lines:
        if line.ware and not line.trouble and line.bought is None:
            facts = {"item": line.ware.full_name, "price": amount(line.price)}
            text = N_("First purchase of {item}: say the price {price} and have it confirmed.")
            yield Finding("CAT-4", ASK, text, facts, field=_at(line, "quantity"), subject=line.ware.code)


def _odd_quantities(case: Case) -> Iterator[Finding]:
    orders = case.policy.orders
    for line in case.lines:
        if line.ware is None or line.bought is None or line.bought.orders < orders.odd_quantity_orders:
            continue
        usual = max(1, round(line.bought.pieces / line.bought.orders))
        if line.quantity >= usual * orders.odd_quantity_factor:
            facts = {"item": line.ware.full_name, "usual": usual, "typed": line.quantity}
            text = N_("{item}: usually {usual}, you typed {typed}.")
            yield Finding("JOY-5", ASK, text, facts, field=_at(line, "quantity"), subject=line.ware.code)


def _doubles(case: Case) -> Iterator[Finding]:
    basket = case.quantities()
    for recent in case.recent:
        if not _alike(case, basket, recent):
            continue
        minutes = max(0, int((case.now - recent.at).total_seconds() // 60))  # another desk's clock may be ahead
        facts = {"number": recent.number, "agent": recent.agent, "minutes": minutes}
        text = N_("{agent} took {number} with nearly the same lines {minutes} min ago.")
        yield Finding("JOY-5", ASK, text, facts, field="lines", subject=recent.number)
        if case.now - recent.at <= timedelta(minutes=case.policy.orders.duplicate_minutes):
            text = N_("{number} has nearly the same lines and is only {minutes} min old.")
            yield Finding("ORD-4", REVIEW, text, facts, occasion=DOUBLE.name, subject=recent.number)


def _alike(case: Case, basket: dict[int, int], recent: Recent) -> bool:
    """Compare baskets by the items they share, in percent of all the items in either."""
    items = set(basket) | set(recent.basket)
    shared = set(basket) & set(recent.basket)
    return bool(items) and 100 * len(shared) >= case.policy.orders.guard_likeness_percent * len(items)


def _urgent(case: Case) -> Iterator[Finding]:
    """Ask until when urgent goods must be there; a time of any other order would be a promise nobody keeps (DLV-4)."""
    draft = case.draft
    if draft.urgent and draft.latest is None:
        text = N_("Until when must the urgent goods be there? The latest time is missing.")
        yield Finding("ORD-1", STOP, text, field="latest")
    if draft.latest is not None and not draft.urgent:
        text = N_("Until {latest} can only be promised for an urgent delivery.")
        yield Finding("DLV-4", STOP, text, {"latest": said(draft.latest)}, field="latest")


def _invoice(case: Case) -> Iterator[Finding]:
    if case.buyer and case.draft.invoice == "vat_special" and not (case.buyer.invoice_title and case.buyer.tax_id):
        text = N_("A VAT special invoice needs title and tax id: ask for them and put them on the customer's card.")
        yield Finding("ORD-1", ASK, text, field="invoice", subject="invoice")


def _at(line: Line, field: str) -> str:
    return f"lines.{line.place}.{field}"


# What is looked at, in this order, and what each finding of it concerns.
CHECKS: Mapping[Callable[[Case], Iterable[Finding]], About] = {
    _required: About.WORDS, _blocked: About.MONEY, _plausible: About.WORDS, _typed: About.LINE,
    _twice: About.LINE, _orderable: About.LINE, _priced: About.LINE, _limits: About.LINE, _shortages: About.STOCK,
    _credit: About.MONEY, _large: About.MONEY, _looked_at: About.MONEY, _special: About.MONEY,
    _delivery: About.DELIVERY, _fee: About.FEE,
    _first_prices: About.LINE, _odd_quantities: About.LINE, _doubles: About.ORDER, _urgent: About.WORDS,
    _invoice: About.WORDS,
}  # fmt: skip
