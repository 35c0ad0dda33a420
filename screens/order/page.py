"""One order laid out as a page: head, why it waits, lines with money, and its whole story (ORD-8, ORD-13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from ordersdesk.approvals.page_queries import Entry
from ordersdesk.approvals.rules import waits_for
from ordersdesk.catalogue.wares import SOURCE_NAMES
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, current, ngettext, pgettext, with_rule, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.model.queries import Row, Summary
from ordersdesk.orders.promise.rules import BECAUSE, OUTCOMES
from ordersdesk.orders.review.customer_reasons import in_words
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.labels import CHANNELS, DELIVERY, INVOICES, PAID, PAYMENTS, STORY
from ordersdesk.orders.terms.receiving_hours import due_part
from ordersdesk.people.names import person
from ordersdesk.stock.rules import SHORTAGE_LABELS
from screens.kit.decisions import answered
from screens.slip.list_screen import told
from screens.widgets.laying import BLANK, Line, Pair, beside, pairs, paragraph, spread, table
from screens.widgets.rows import Column

OVER = ("closed", "cancelled")
WIDE = 100  # from here the head stands in two columns
TONES = {"confirmed": "good", "closed": "good", "review": "accent", "rejected": "bad", "cancelled": "muted"}
COLUMNS = (
    Column(N_("No."), 4, right=True),
    Column(N_("Code"), 10),
    Column(N_("Item"), least=24, inside=True),
    Column(N_("Quantity"), 9, right=True),
    Column(N_("Price"), 10, right=True),
    Column(N_("Amount"), 12, right=True),
    Column(N_("Price from"), 14, drop=1),
)


def page(
    order: Whole, entries: Sequence[Entry], desk: Desk, width: int, *, slips: Sequence[SlipRow] = ()
) -> list[Line]:
    """Lay out everything about an order."""
    name, state = order.head.customer_name, order.head.state
    lines: list[Line] = [
        spread(name, _(ORDER_FLOW.states[state]), width, right_role=TONES.get(state, "")),
        *_reasons(order, width),
        *answered(entries, desk, width),
        BLANK,
        *head(order, desk, width),
        BLANK,
        *goods(order, width),
        BLANK,
        *_slips(slips, width),
        *_story(order, desk, width),
    ]
    return lines


def _slips(slips: Sequence[SlipRow], width: int) -> Iterator[Line]:
    """Say where the goods are that are on their way."""
    if slips:
        yield ((_("Slips"), "title"),)
        yield from told(slips, width)
        yield BLANK


def _reasons(order: Whole, width: int) -> Iterator[Line]:
    """Say why it stands still and who can clear it, or why it was rejected."""
    for reason in order.reasons:
        text = waits_for(reason.role, reason.sentence, reason.rule)
        yield from paragraph(text, width, role="warn")
    for sentence in in_words(order.head.number, order.denied, current()) if order.denied else ():
        yield from paragraph(sentence, width, role="bad")


def head(order: Whole, desk: Desk, width: int) -> list[Line]:
    """Lay out who takes the goods, and how they are paid and delivered."""
    first, second = _who(order, desk), _how(order, desk)
    if width < WIDE:
        return pairs([*first, *second], width)
    return beside(lambda w: pairs(first, w), lambda w: pairs(second, w), width, share=width // 2 - 2)


def _who(order: Whole, desk: Desk) -> list[Pair]:
    head = order.head
    phone = readable(head.phone, desk.policy.phones)
    size = _("key customer") if head.size_class == "key" else ""
    return [
        (_("Contact"), "  ".join(filter(None, (head.contact, head.department, phone, size)))),
        (_("Address"), head.address),
        (_("Note"), head.note),
        (_("Contract"), head.contract),
    ]


def _how(order: Whole, desk: Desk) -> list[Pair]:
    head = order.head
    pays = [_(PAYMENTS.get(head.payment, head.payment)), _(PAID.get(head.paid, head.paid))]
    if head.money_in and head.paid != "paid":
        pays.append(_("{amount} in").format(amount=formatted(head.money_in)))
    invoice = _(INVOICES.get(head.invoice, head.invoice))
    urgent = [_("urgent")] if head.urgent else []
    channel = _(CHANNELS.get(head.channel, head.channel))
    taken = _("{when} by {who}, {channel}").format(
        when=_when(head.created_at, desk.zone), who=person(desk, head.agent), channel=channel
    )
    return [
        (_("Payment"), " · ".join([*pays, invoice])),
        (_("Delivery"), " · ".join([_(DELIVERY.get(head.delivery, head.delivery)), *urgent])),
        _wanted_by(head),
        (_("Papers along"), head.papers),
        (_("Fee agreed"), _fee_said(order, desk)),
        *_promises(order),
        (_("Goods"), _("set aside from {day} on").format(day=short_day(head.reserve_on)) if head.reserve_on else ""),
        (_("Taken"), taken),
    ]


def _wanted_by(head: Summary) -> Pair:
    """Say until when urgent goods must be there, or that nobody asked while it can still be asked (DLV-4)."""
    if head.latest or not head.urgent or head.delivery == "delivered" or head.state in OVER:
        return _("Wanted by"), head.latest
    return _("Wanted by"), _("not known: ask the customer until when"), "warn"


def _fee_said(order: Whole, desk: Desk) -> str:
    """Say which fee stands in the place of the rule's, why, and by whose yes (DLV-1)."""
    head = order.head
    if head.fee_said is None:
        return ""
    by = (
        _("approved by {who}").format(who=person(desk, head.fee_approver))
        if head.fee_approver
        else _("not approved yet")
    )
    return " · ".join((formatted(head.fee_said), head.fee_reason, by))


def _promises(order: Whole) -> Iterator[Pair]:
    """Say what is promised and what became of it; then what was promised before, and why that moved."""
    *before, now = order.promises or (None,)
    outcome = _(OUTCOMES[now.outcome]) if now and now.outcome != "open" else ""
    said = order.head.promise or _day(order.head.promised_on)
    yield _("Promise"), " · ".join(filter(None, (said, outcome, "" if outcome else order.warning)))
    for old, next_one in pairwise((*before, now)):
        if old and next_one:
            day = " ".join(filter(None, (short_day(old.promised_on), due_part(old.promised_part, old.latest))))
            why = _(BECAUSE.get(next_one.because, next_one.because))
            yield (
                pgettext("promise", "Before"),
                _("{day} · {outcome}: {why}").format(day=day, outcome=_(OUTCOMES[old.outcome]), why=why),
            )


def goods(order: Whole, width: int) -> Iterator[Line]:
    """Lay out the lines with their money."""
    rows = [_row(row) for row in order.lines]
    yield from table(COLUMNS, rows, width, roles=["warn" if row.short else "" for row in order.lines])
    for label, value, role in _sums(order):
        yield spread("", f"{label}  {value:>12}", _sums_edge(width), right_role=role)


def _sums_edge(width: int) -> int:
    """Return where the amounts end: the column behind them is dropped on a narrow page."""
    last = COLUMNS[-1].width + 1
    fixed = sum(column.width or column.least for column in COLUMNS) + len(COLUMNS) - 1
    return width - last if width >= fixed else width


def _sums(order: Whole) -> Iterator[tuple[str, str, str]]:
    head = order.head
    if head.fee or head.fee_said is not None:
        yield _("Goods"), formatted(head.goods), ""
        yield _("Delivery"), formatted(head.fee), ""
    yield _("Total"), formatted(head.total), "title"


def _row(row: Row) -> tuple[str, ...]:
    goods = full_name(row.name, row.spec)
    if row.short and row.shortage:
        goods = _("{goods} · {short} short: {choice}").format(
            goods=goods, short=row.short, choice=_(SHORTAGE_LABELS.get(row.shortage, row.shortage))
        )
    return (
        str(row.position), row.code, goods, f"{row.quantity} {row.unit}".strip(), formatted(row.price),
        formatted(row.amount), _(SOURCE_NAMES.get(row.price_source, row.price_source)),
    )  # fmt: skip


def _story(order: Whole, desk: Desk, width: int) -> Iterator[Line]:
    yield ((_("Story"), "title"),)
    told = [(_when(row.at, desk.zone), person(desk, row.by), _told(row, desk)) for row in order.story]
    yield from pairs([(f"{when}  {who}", text) for when, who, text in told], width)


def _told(row: Happening, desk: Desk) -> str:
    verb = STORY.get(row.verb, row.verb)
    moved = _(ORDER_FLOW.states.get(row.to_state, row.to_state)) if row.to_state != row.from_state else ""
    ticked = row.details.get("ticked")
    said = len(ticked) if ticked else 0
    read = ngettext("{count} sentence", "{count} sentences", said).format(count=said) if said else ""
    asked = word_list(_(str(ROLE_NAMES.get(role, role))) for role in row.details.get("roles", ()))
    typed_by = row.details.get("typed_by")
    code = _("by code, typed by {who}").format(who=person(desk, typed_by)) if typed_by else ""
    told = (_(verb), f"→ {moved}" if moved else "", read, asked, code, row.note)
    return with_rule(" ".join(part for part in told if part), row.rule)


def _when(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{short_day(local.date())} {local:%H:%M}"


def _day(day: object) -> str:
    return short_day(day) if isinstance(day, date) else ""
