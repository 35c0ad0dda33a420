"""The read-back: an order as short sentences to say aloud, in the caller's language (JOY-1, CAL-2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from ordersdesk.foundation.phones.numbering_plans import PhonePlan
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.texts.daynames import WEEKDAYS, dated, weekday
from ordersdesk.foundation.texts.language import N_, NP_, Say, in_turn, translator
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.model.queries import Row
from ordersdesk.orders.review.customer_reasons import in_words
from ordersdesk.orders.terms.labels import invoicing

OPENING = N_("Let me read your order back to you.")
GREETING = N_("{company}, good day, {agent} speaking. Am I speaking with {name}?")
GREETING_UNKNOWN = N_("{company}, good day, {agent} speaking. How can I help you?")
CLOSING = N_("Your order number is {number}. Thank you for calling, good-bye.")
KEPT = N_("{name} is ordered for you alone: it cannot be returned.")
PARTS = {"morning": N_("in the morning"), "afternoon": N_("in the afternoon"), "": ""}
PAYMENTS = {
    "cash": N_("You pay {total} in cash on delivery."),
    "transfer": N_("You pay {total} by bank transfer before we ship."),
    "card": N_("You pay {total} by card before we ship."),
    "third_party": N_("You pay {total} by mobile payment before we ship."),
    "account": N_("{total} goes on your monthly account."),
}
_PACKS = re.compile(r"(\d+)\s*([^\W\da-zA-Z]+)")  # as typed: a count and a unit in Chinese
# By whether there are whole units, tenths and hundredths.
_ALOUD = {
    (True, False, False): NP_("aloud", "{units}.00"), (False, False, False): NP_("aloud", "{units}.00"),
    (True, True, False): NP_("aloud", "{units}.{tens}0"), (True, True, True): NP_("aloud", "{units}.{tens}{ones}"),
    (True, False, True): NP_("aloud", "{units}.0{ones}"), (False, True, False): NP_("aloud", "0.{tens}0"),
    (False, True, True): NP_("aloud", "0.{tens}{ones}"), (False, False, True): NP_("aloud", "0.0{ones}"),
}  # fmt: skip
NOON = HOURS = 12
# By whether it is the afternoon, and whether there are minutes.
_CLOCK = {
    (False, False): NP_("aloud", "{hour} a.m."), (False, True): NP_("aloud", "{hour}:{minute} a.m."),
    (True, False): NP_("aloud", "{hour} p.m."), (True, True): NP_("aloud", "{hour}:{minute} p.m."),
}  # fmt: skip
SHORTAGES = {
    "partial": N_("{short} {unit} of them come later."),
    "transfer": N_("{short} {unit} of them come from another warehouse."),
    "purchase": N_("{short} {unit} of them are ordered for you."),
    "leave": N_("We left out {short} {unit} that are not in stock."),
}


def greeting(language: str, *, company: str, agent: str, name: str = "") -> str:
    """Return the standard greeting with the caller's name (CAL-2)."""
    say = translator(language)
    text = say(GREETING) if name else say(GREETING_UNKNOWN)
    return text.format(company=company, agent=agent, name=name)


def sentences(order: Whole, language: str, *, plan: PhonePlan, today: date | None = None) -> list[str]:
    """Return the order's sentences: goods, money, invoice, receiver, day, number (B6.2); or why it is rejected."""
    say = translator(language)
    head = order.head
    if head.state == "rejected":
        return in_words(head.number, order.denied, language)
    lines = [row for row in order.lines if row.quantity]
    parts = [say(OPENING), *(_line(row, language) for row in lines)]
    parts += [say(KEPT).format(name=row.name) for row in lines if row.special]
    parts += [*_money(order, say), *_whereto(order, say, plan), *_when(order, say, today)]
    if head.state == "review":
        parts.append(say(N_("We confirm the order after a short check.")))
    return [*parts, say(CLOSING).format(number=head.number)]


def _money(order: Whole, say: Say) -> Iterator[str]:
    head = order.head
    yield say(PAYMENTS.get(head.payment, N_("The total is {total}."))).format(total=aloud(head.total, say))
    if head.fee:
        yield say(N_("That includes {fee} for delivery.")).format(fee=aloud(head.fee, say))
    if head.deposit:
        deposit = N_("Of that {amount} is a deposit, to be paid before we order.")
        yield say(deposit).format(amount=aloud(head.deposit, say))
    yield say(N_("Invoice: {invoice}.")).format(invoice=invoicing(say, head.invoice, head.payment))


def _whereto(order: Whole, say: Say, plan: PhonePlan) -> Iterator[str]:
    head = order.head
    text = N_("It goes to {address}, for {contact}, telephone {phone}.")
    if not head.phone:
        text = N_("It goes to {address}, for {contact}.")
    phone = readable(head.phone, plan, say)
    yield say(text).format(address=head.address, contact=head.contact, phone=phone)
    if head.department:
        yield say(N_("{department} takes it in.")).format(department=head.department)
    if head.papers:
        yield say(N_("With it come these papers: {papers}.")).format(papers=head.papers)


def _when(order: Whole, say: Say, today: date | None) -> Iterator[str]:
    head = order.head
    if isinstance(head.promised_on, date):
        yield _day(head.promised_on, head.promised_part, say, today)
        if head.latest:
            yield say(N_("It is there by {until} at the latest.")).format(until=time_aloud(head.latest, say))
        if order.warning:
            unsure = N_("The public holidays of {year} are not announced yet: we call you if the day moves.")
            yield say(unsure).format(year=head.promised_on.year)
    elif any(row.special and row.short for row in order.lines):
        yield say(N_("We call you with the day as soon as the supplier has answered."))


def _line(row: Row, language: str) -> str:
    say = translator(language)
    text = say(N_("{quantity} {name}, {price} for each {unit}.")).format(
        quantity=_quantity(row, say), unit=row.unit, name=goods_aloud(row), price=aloud(row.price, say)
    )
    if not (row.short and row.shortage):
        return text
    rest = say(SHORTAGES[row.shortage]).format(short=row.short, unit=row.unit)
    return in_turn([text, rest])


def goods_aloud(row: Row) -> str:
    """Name goods as a caller does: brand, name, spec and model, none of them twice (B6.2.1)."""
    said = full_name(row.name, row.spec)
    brand, model = (word if word.casefold() not in said.casefold() else "" for word in (row.brand, row.model))
    return " ".join(filter(None, (brand, said, model)))


def _quantity(row: Row, say: Say) -> str:
    """Say how many: what was ordered in packs in packs first, `5 盒，共 60 支`."""
    pieces = f"{row.quantity} {row.unit}".strip()
    packs = _PACKS.fullmatch(row.typed)
    if packs is None or packs[2] == row.unit or row.closed_short or row.quantity % max(int(packs[1]), 1):
        return pieces
    return say(N_("{packs}, that is {pieces}")).format(packs=f"{packs[1]} {packs[2]}", pieces=pieces)


def aloud(amount: Decimal, say: Say) -> str:
    """Write an amount as it is spoken: `250 元`, `916 元 8 角`; in English as it is written."""
    units, cents = divmod(int(rounded(amount) * 100), 100)
    tens, ones = divmod(cents, 10)
    return say(_ALOUD[units > 0, tens > 0, ones > 0]).format(units=f"{units:,}", tens=tens, ones=ones)


def time_aloud(kept: str, say: Say) -> str:
    """Write a time as it is spoken: `4:30 p.m.`, `下午 4 点 30 分`."""
    hour, minute = map(int, kept.split(":"))
    return say(_CLOCK[hour >= NOON, minute > 0]).format(hour=(hour - 1) % HOURS + 1, minute=f"{minute:02}")


def _day(day: date, part: str, say: Say, today: date | None) -> str:
    near = {0: N_("We deliver today, {weekday}, {day} {part}"), 1: N_("We deliver tomorrow, {weekday}, {day} {part}")}
    text = say(near.get((day - today).days if today else -1, N_("We deliver on {weekday}, {day} {part}")))
    spelled = say(N_("{month}/{date}")).format(month=day.month, date=day.day)
    return text.format(weekday=say(WEEKDAYS[day.weekday()]), day=spelled, part=say(PARTS[part]) if part else "").strip()


def day_written(say: Callable[[str], str], day: object, part: str, latest: str = "") -> str:
    """Write a promised day as papers say it, with its weekday and its part or the latest time of urgent goods."""
    if not isinstance(day, date):
        return ""
    if latest:
        return say(N_("{weekday} {date}, by {latest}")).format(
            weekday=weekday(day, say), date=dated(day, say), latest=latest
        )
    text = say(N_("{weekday} {date} {part}"))
    spoken = say(PARTS[part]) if PARTS.get(part) else ""
    return text.format(weekday=weekday(day, say), date=dated(day, say), part=spoken).strip()
