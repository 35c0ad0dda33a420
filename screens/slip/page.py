"""One slip laid out as a page: for whom and how it goes, its goods with their money, and its whole story (SLP-9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.labels import refused_words, words
from ordersdesk.delivery.model.queries import OPEN, by_number, story
from ordersdesk.delivery.model.rules import came_back
from ordersdesk.delivery.model.views import SlipGoods, SlipHead, SlipRow, SlipView
from ordersdesk.delivery.model.wave_rules import comes_too_late
from ordersdesk.delivery.pads.pairing_actions import PAIRED, UNPAIRED
from ordersdesk.delivery.pads.queries import pad_number_of
from ordersdesk.delivery.routes.confirming_queries import unconfirmed
from ordersdesk.delivery.slips.print_rules import is_in_doubt, whose
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, ngettext, pgettext, with_rule
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.terms.labels import PAYMENTS, STORY
from ordersdesk.people.names import person
from screens.widgets.laying import BLANK, Line, Pair, beside, pairs, paragraph, spread, table
from screens.widgets.rows import Column

WIDE = 100  # from here the head stands in two columns
TONES = {"delivered": "good", "refused": "warn", "failed": "bad", "void": "muted", "loaded": "accent"}
PARTS = {"morning": N_("a.m."), "afternoon": N_("p.m.")}
COLUMNS = (
    Column(N_("No."), 4, right=True),
    Column(N_("Code"), 10),
    Column(N_("Item"), least=24, inside=True),
    Column(N_("Pieces"), 12, right=True),
    Column(N_("Price"), 10, right=True),
    Column(N_("Amount"), 12, right=True),
)
VERBS = (
    {"begin": N_("Allocated")}
    | {name: STORY[name] for name in (PAIRED, UNPAIRED)}
    | {verb.name: verb.label for verb in SLIP_FLOW.verbs}
    | {"advise": N_("Shipping advice sent"), "confirm_receiver": N_("Receiver was confirmed")}
)


@dataclass(frozen=True)
class Read:
    """A slip with its story and the sheet it is on, as read at one moment."""

    slip: SlipView
    story: tuple[Happening, ...]
    by_hand: str = ""
    """The numbers of its handwritten slips (SLP-7)."""
    is_first: bool = False
    """A first delivery that has not left, about which nobody has asked the customer again (CUS-14)."""

    @property
    def head(self) -> SlipHead:
        """What it says of itself."""
        return self.slip.head


def read(desk: Desk, number: str) -> Read:
    """Read a slip with everything its page shows; refused (SLP-1) when there is none."""
    found = by_number(desk, number)
    with desk.reading() as session:
        by_hand = pad_number_of(session, [found.head.id], desk.policy).get(found.head.id, "")
        waits = found.head.state in OPEN and not found.head.left_at
        first = waits and bool(unconfirmed(desk, session, [found.head.id]))
        return Read(found, tuple(story(session, found.head.id)), by_hand, first)


def page(read: Read, desk: Desk, width: int) -> list[Line]:
    """Lay out everything about a slip."""
    head = read.head
    return [
        spread(head.customer_name, _(head.stands), width, right_role=TONES.get(head.state, "accent")),
        *_marks(head, desk, width),
        *_doubt(head, desk, width),
        *_first(read, width),
        BLANK,
        *_head(read, desk, width),
        BLANK,
        *goods(read.slip, width),
        BLANK,
        *_story(read.story, desk, width),
    ]


def marks(head: SlipHead) -> list[str]:
    """Say what makes a slip unlike the others, in a word each."""
    found = {
        _("urgent"): head.urgent,
        _("key customer"): head.size_class == "key",
        _("valuable"): head.valuable,
        _("released first, not on paper"): head.is_chased,
    }
    return [name for name, is_so in found.items() if is_so]


def short_marks(slip: SlipHead | SlipRow) -> Iterator[str]:
    """Yield the same in words short enough for a list, the most important first."""
    if slip.is_chased:
        yield _("no paper")
    if slip.urgent:
        yield _("by {latest}").format(latest=slip.latest) if slip.latest else _("urgent")
    if slip.size_class == "key":
        yield _("key")
    if slip.valuable:
        yield _("valuable")


def _first(read: Read, width: int) -> Iterator[Line]:
    if read.is_first:
        told = _("A first delivery: confirm address, phone and receiver before it leaves.")
        yield from paragraph(told, width, role="warn")


def is_doubtful(head: SlipHead, desk: Desk) -> bool:
    """Tell whether a printing of it never said how it went (SLP-2)."""
    return is_in_doubt(head.job, head.job_at, desk.now(), desk.policy.slips.job_minutes)


def _doubt(head: SlipHead, desk: Desk, width: int) -> Iterator[Line]:
    if is_doubtful(head, desk):
        told = _("It may be on paper already: a printing of {who} never said how it went.")
        yield from paragraph(told.format(who=person(desk, whose(head.job))), width, role="warn")


def _marks(head: SlipHead, desk: Desk, width: int) -> Iterator[Line]:
    if found := marks(head):
        yield from paragraph(" · ".join(found), width, role="warn")
    if comes_too_late(desk, head):
        told = _("It is wanted by {latest} and comes too late as things stand: tell the customer.")
        yield from paragraph(told.format(latest=head.latest), width, role="bad")


def _head(read: Read, desk: Desk, width: int) -> list[Line]:
    by_hand: Pair = (_("Handwritten slip"), read.by_hand)
    first, second = [*_who(read.head, desk), by_hand], list(_how(read.head, desk))
    if width < WIDE:
        return pairs([*first, *second], width)
    return beside(lambda w: pairs(first, w), lambda w: pairs(second, w), width, share=width // 2 - 2)


def _who(head: SlipHead, desk: Desk) -> Iterator[Pair]:
    phone = readable(head.phone, desk.policy.phones)
    yield _("Contact"), "  ".join(filter(None, (head.contact, head.department, phone)))
    yield _("Address"), head.address
    yield _("Note"), head.note
    yield _("Order"), head.order_number
    yield _("Why"), _(words(head.why)), "bad"
    if head.released_why:
        yield _("Released first"), head.released_why, "warn"


def _how(head: SlipHead, desk: Desk) -> Iterator[Pair]:
    yield _("Leaves"), " · ".join(filter(None, (leaves(head), head.route, head.region)))
    if head.carrier:
        yield _("Carrier"), f"{head.carrier} {head.way} {formatted(head.carriage)}"
    if head.promised_on:
        yield _("Promise"), promised(head)
    pays = _(PAYMENTS.get(head.payment, head.payment))
    is_door = head.payment in desk.policy.slips.at_the_door and head.due
    asks = _("{amount} at the door").format(amount=formatted(head.due)) if is_door else ""
    yield _("Payment"), " · ".join(filter(None, (pays, asks)))
    yield pgettext("slip", "Paper"), _paper(head, desk)
    yield _("Cargo"), _packed(head, desk)
    yield _("Road"), _road(head, desk.zone)


def promised(slip: SlipHead | SlipRow) -> str:
    """Say for when a slip is promised: the day with its part, or the latest time of urgent goods."""
    if slip.promised_on is None:
        return ""
    part = _(PARTS.get(slip.promised_part, ""))
    due = _("by {latest}").format(latest=slip.latest) if slip.latest else part
    return f"{short_day(slip.promised_on)} {due}".strip()


def leaves(head: SlipHead) -> str:
    """Say when a slip leaves: `Mon 23 Nov 12:00`."""
    return f"{short_day(head.leaves_on)} {head.wave}".strip()


def _paper(head: SlipHead, desk: Desk) -> str:
    if not head.prints or head.printed_at is None:
        doubt = _("not known") if is_doubtful(head, desk) else _("being printed")
        return doubt if head.job else _("not printed")
    times = ngettext("printed once", "printed {count} times", head.prints).format(count=head.prints)
    return f"{times} · {_when(head.printed_at, desk.zone)}"


def _packed(head: SlipHead, desk: Desk) -> str:
    pieces = ngettext("{count} piece", "{count} pieces", head.pieces).format(count=head.pieces)
    parcels = ngettext("{count} parcel", "{count} parcels", head.parcels).format(count=head.parcels)
    weight = _("{kg} kg").format(kg=f"{head.weight_g / 1000:.1f}")
    picked = _("picked by {who}").format(who=person(desk, head.picked_by)) if head.picked_by else ""
    return " · ".join(filter(None, (pieces, parcels if head.parcels else "", weight if head.weight_g else "", picked)))


def _road(head: SlipHead, zone: ZoneInfo) -> str:
    left = _("left {when}").format(when=_when(head.left_at, zone)) if head.left_at else ""
    signed = ""
    if head.signed_at:
        signed = _("signed by {who}, {when}").format(who=head.signed_by, when=_when(head.signed_at, zone))
    paid = _("{amount} collected").format(amount=formatted(head.collected)) if head.collected else ""
    again = _("again on {day}").format(day=short_day(head.again_on)) if head.again_on else ""
    receipt = _("receipt is back") if head.receipt_at else ""
    return " · ".join(filter(None, (left, signed, paid, again, receipt)))


def goods(slip: SlipView, width: int) -> Iterator[Line]:
    """Lay out the lines with their money."""
    roles = ["warn" if line.refused or line.pieces < line.asked else "" for line in slip.lines]
    yield from table(COLUMNS, [_line(line) for line in slip.lines], width, roles=roles)
    head = slip.head
    sums = [(_("Goods"), head.goods), (_("Came back"), came_back(slip.lines)), (_("Delivery fee"), head.fee),
            (_("Deposit"), -head.deposit)]  # fmt: skip
    for label, amount in sums:
        if amount:
            yield spread("", f"{label}  {formatted(amount):>12}", width)
    yield spread("", "  ".join((_("To pay"), f"{formatted(head.due):>12}")), width, right_role="title")


def _line(line: SlipGoods) -> tuple[str, ...]:
    named = full_name(line.name, line.spec)
    goods = " · ".join(filter(None, (named, refused_words(line.refused, line.refused_why))))
    pieces = f"{line.pieces} {line.unit}".strip()
    if line.pieces < line.asked:
        pieces = _("{pieces} of {asked}").format(pieces=line.pieces, asked=f"{line.asked} {line.unit}".strip())
    return str(line.position), line.code, goods, pieces, formatted(line.price), formatted(line.amount)


def _story(happened: Sequence[Happening], desk: Desk, width: int) -> Iterator[Line]:
    yield ((_("Story"), "title"),)
    yield from pairs([(f"{_when(row.at, desk.zone)}  {person(desk, row.by)}", _told(row)) for row in happened], width)


def _told(row: Happening) -> str:
    moved = _(SLIP_FLOW.states.get(row.to_state, row.to_state)) if row.to_state != row.from_state else ""
    note = _(words(row.note))
    parts = (_(VERBS.get(row.verb, row.verb)), f"→ {moved}" if moved else "", note)
    return with_rule(" ".join(part for part in parts if part), row.rule)


def _when(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{short_day(local.date())} {local:%H:%M}"
