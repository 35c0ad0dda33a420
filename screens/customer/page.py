"""A customer's card laid out as a page: how to reach them, on which terms, what is open, what they last took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ordersdesk.credit.names import SIZES, terms_said
from ordersdesk.credit.queries import Credit, credit_of
from ordersdesk.customers.finding.card_queries import Card, CardAddress, CardContact, card
from ordersdesk.customers.model.rules import WANTED
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.phones.phones import PhonePlan
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.daynames import dated, short_day
from ordersdesk.foundation.texts.language import N_, NP_, _, bracketed, ngettext, pgettext, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.answer_queries import Owed, Past, last_orders, owed
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.people.names import person
from screens.widgets.laying import BLANK, Line, Pair, beside, pairs, paragraph, spread, table
from screens.widgets.rows import Column

WIDE = 100
KINDS = {"company": N_("company"), "person": N_("person")}
OWED = (
    Column(N_("Order"), 15),
    Column(N_("Item"), inside=True),
    Column(N_("Quantity"), 10, right=True),
    Column(N_("Promise"), 13, drop=1),
)
PAST = (
    Column(NP_("document", "Number"), 15),
    Column(N_("Day"), 14),
    Column(N_("State")),
    Column(N_("Lines"), 6, right=True),
    Column(N_("Total"), 12, right=True),
)


@dataclass(frozen=True)
class Known:
    """A customer with what the orders and the credit room know about them."""

    card: Card
    credit: Credit
    past: tuple[Past, ...]
    owed: tuple[Owed, ...]


def read(desk: Desk, customer_id: int) -> Known:
    """Read everything; refused (CUS-2) when there is no such customer."""
    found = card(desk, customer_id)
    if found is None:
        raise Refused("CUS-2", _("There is no such customer."), mend=_("Look it up again."))
    return Known(found, credit_of(desk, found.number), tuple(last_orders(desk, found.id)), tuple(owed(desk, found.id)))


def page(known: Known, desk: Desk, width: int) -> list[Line]:
    """Lay the card out."""
    one = known.card
    facts = [_(SIZES.get(one.size_class, one.size_class)), _("grade {grade}").format(grade=one.grade)]
    if one.is_member:
        facts.append(_("member"))
    return [
        spread(one.name, " · ".join(facts), width, right_role="label"),
        *_troubles(known, width),
        BLANK,
        *_halves(known, desk, width),
        *_owed(known, width),
        *_past(known, width),
    ]


def _troubles(known: Known, width: int) -> Iterator[Line]:
    one, overdue = known.card, known.credit.overdue
    if one.blocked:
        yield from paragraph(_("Blocked: {reason}").format(reason=one.blocked), width, role="bad")
    if overdue > 0:
        told = _("{amount} is overdue: pay first, then ship.").format(amount=formatted(overdue))
        yield from paragraph(told, width, role="warn")
    if one.to_complete:
        fields = word_list(_(WANTED[name]) for name in one.to_complete)
        yield from paragraph(_("To complete: {fields}").format(fields=fields), width, role="muted")


def _halves(known: Known, desk: Desk, width: int) -> list[Line]:
    first, second = list(_reach(known.card, desk.policy.phones)), [*_credit(known.credit), *_terms(known.card, desk)]
    if width < WIDE:
        return pairs([*first, *second], width)
    return beside(partial(pairs, first), partial(pairs, second), width, share=width // 2 - 2)


def _reach(one: Card, plan: PhonePlan) -> Iterator[Pair]:
    label = _("Contact")
    for contact in one.contacts:
        yield label, _contact(contact, plan)
        label = ""
    label = _("Address")
    for place in one.addresses:
        yield label, _place(place)
        label = ""
    yield _("Territory"), " · ".join(filter(None, (one.territory, one.route)))


def _contact(contact: CardContact, plan: PhonePlan) -> str:
    numbers = (phone_writing.printed(phone.e164, phone.extension, plan=plan) for phone in contact.phones)
    return "  ".join(
        filter(None, (contact.name, contact.department, *numbers, contact.email, readable(contact.fax, plan)))
    )


def _place(place: CardAddress) -> str:
    far = _("{distance} km").format(distance=place.distance_km) if place.distance_km is not None else ""
    where = str(Region(place.region, place.city))
    facts = " · ".join(filter(None, (where, place.district, far, place.route, place.receiving_hours)))
    return bracketed(place.text, facts)


def _credit(one: Credit) -> Iterator[Pair]:
    terms = terms_said(one.terms, has_lapsed=one.has_lapsed)
    if one.terms == "account":
        terms = ngettext(
            "{terms}, limit {limit}, {days} day", "{terms}, limit {limit}, {days} days", one.credit_days
        ).format(terms=terms, limit=formatted(one.credit_limit), days=one.credit_days)
    yield _("Terms"), terms
    if one.terms == "account":
        yield _("Open amount"), _("{open}, {left} left").format(open=formatted(one.open), left=formatted(one.left))
    elif one.open:
        yield _("Open amount"), formatted(one.open)
    if one.review_on:
        yield _("Next review"), dated(one.review_on)
    asked = next((each for each in one.applications if each.state == "asked"), None)
    if asked:
        text = _("{number} up to {limit} is being decided")
        yield _("Credit"), text.format(number=asked.number, limit=formatted(asked.credit_limit))


def _terms(one: Card, desk: Desk) -> Iterator[Pair]:
    yield _("Agent"), " · ".join(filter(None, (person(desk, one.agent), person(desk, one.sales_rep))))
    yield _("Invoice"), " · ".join(filter(None, (one.invoice_title, one.tax_id, one.invoice_address)))
    yield _("Bank"), " ".join(filter(None, (one.bank, one.bank_account)))
    yield _("Speaks"), language.LANGUAGES.get(one.language, "")
    yield _("Kind"), _(KINDS.get(one.kind, one.kind))
    yield _("Note"), one.note
    yield pgettext("number", "Before"), word_list(one.old_numbers)


def _owed(known: Known, width: int) -> Iterator[Line]:
    if known.owed:
        yield BLANK
        yield ((_("Not sent yet"), "title"),)
        yield from table(OWED, [_owed_row(row) for row in known.owed], width)


def _owed_row(row: Owed) -> tuple[str, ...]:
    day = short_day(row.promised_on) if row.promised_on else ""
    return row.number, f"{row.code} {row.full_name}", f"{row.quantity} {row.unit}", day


def _past(known: Known, width: int) -> Iterator[Line]:
    yield BLANK
    yield ((_("Last orders") if known.past else _("No order yet"), "title"),)
    if known.past:
        yield from table(PAST, [_past_row(row) for row in known.past], width)


def _past_row(row: Past) -> tuple[str, ...]:
    state = _(ORDER_FLOW.states.get(row.state, row.state))
    return row.number, dated(row.day), state, str(row.lines), formatted(row.total)
