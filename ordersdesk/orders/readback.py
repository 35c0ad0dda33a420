"""The read-back: an order as short sentences to say aloud, in the caller's language (JOY-1, CAL-2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ordersdesk.foundation.daynames import dated, weekday
from ordersdesk.foundation.language import N_, in_turn, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.texts import full_name
from ordersdesk.orders.queries import Row, Whole
from ordersdesk.orders.rejecting import in_words

GREETING = N_("{company}, good day, {agent} speaking. Am I speaking with {name}?")
GREETING_UNKNOWN = N_("{company}, good day, {agent} speaking. How can I help you?")
CLOSING = N_("Your order number is {number}. Thank you for calling, good-bye.")
KEPT = N_("{name} is ordered for you alone: it cannot be returned.")
WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
PARTS = {"morning": N_("in the morning"), "afternoon": N_("in the afternoon"), "": ""}
PAYMENTS = {
    "cash": N_("You pay {total} in cash on delivery."),
    "transfer": N_("You pay {total} by bank transfer before we ship."),
    "card": N_("You pay {total} by card before we ship."),
    "third_party": N_("You pay {total} by mobile payment before we ship."),
    "account": N_("{total} goes on your monthly account."),
}
SHORTAGES = {
    "partial": N_("{short} of them come later."),
    "transfer": N_("{short} of them come from another warehouse."),
    "purchase": N_("{short} of them are ordered for you."),
    "leave": N_("We left out {short} that are not in stock."),
}


def greeting(language: str, *, company: str, agent: str, name: str = "") -> str:
    """Return the standard greeting with the caller's name (CAL-2)."""
    say = translator(language)
    text = say(GREETING) if name else say(GREETING_UNKNOWN)
    return text.format(company=company, agent=agent, name=name)


def sentences(order: Whole, language: str) -> list[str]:
    """Return the order's sentences: each line, the money, the way, the day, the number; or why it is rejected."""
    say = translator(language)
    head = order.head
    if head.state == "rejected":
        return in_words(head.number, order.denied, language)
    parts = [_line(row, language) for row in order.lines if row.quantity]
    parts += [say(KEPT).format(name=row.name) for row in order.lines if row.quantity and row.special]
    parts.append(say(PAYMENTS.get(head.payment, N_("The total is {total}."))).format(total=formatted(head.total)))
    if head.fee:
        parts.append(say(N_("That includes {fee} for delivery.")).format(fee=formatted(head.fee)))
    parts.append(say(N_("It goes to {address}, for {contact}.")).format(address=head.address, contact=head.contact))
    if isinstance(head.promised_on, date):
        parts.append(_day(head.promised_on, head.promised_part, language))
        if order.warning:
            unsure = N_("The public holidays of {year} are not announced yet: we call you if the day moves.")
            parts.append(say(unsure).format(year=head.promised_on.year))
    elif any(row.special and row.short for row in order.lines):
        parts.append(say(N_("We call you with the day as soon as the supplier has answered.")))
    if head.deposit:
        deposit = N_("Of that {amount} is a deposit, to be paid before we order.")
        parts.append(say(deposit).format(amount=formatted(head.deposit)))
    if head.state == "review":
        parts.append(say(N_("We confirm the order after a short check.")))
    return [*parts, say(CLOSING).format(number=head.number)]


def _line(row: Row, language: str) -> str:
    say = translator(language)
    text = say(N_("{quantity} {unit} {name}, {price} each.")).format(
        quantity=row.quantity,
        unit=row.unit,
        name=full_name(row.name, row.spec),
        price=formatted(row.price),
    )
    if not (row.short and row.shortage):
        return text
    rest = say(SHORTAGES[row.shortage]).format(short=row.short)
    return in_turn([text, rest])


def _day(day: date, part: str, language: str) -> str:
    say = translator(language)
    text = say(N_("We deliver on {weekday}, {day} {part}"))
    spelled = say(N_("{month}/{date}")).format(month=day.month, date=day.day)
    return text.format(weekday=say(WEEKDAYS[day.weekday()]), day=spelled, part=say(PARTS[part]) if part else "").strip()


def day_written(say: Callable[[str], str], day: object, part: str) -> str:
    """Write a promised day as papers say it, with its weekday and part; empty when none is promised."""
    if not isinstance(day, date):
        return ""
    text = say(N_("{weekday} {date} {part}"))
    spoken = say(PARTS[part]) if PARTS.get(part) else ""
    return text.format(weekday=weekday(day, say), date=dated(day, say), part=spoken).strip()
