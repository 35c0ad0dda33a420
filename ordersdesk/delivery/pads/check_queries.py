"""What finance must see of handwritten slips: missing, doubled and unpaired numbers, amounts that differ (SLP-7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.delivery.pads.queries import NOUGHT, PAD, PAD_SLIP, SLIP, Entry, HeldPad, day_of, entries, pads_within
from ordersdesk.delivery.pads.rules import CHECKS, Leaf, missing, number_said, ranged
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _, word_list


@dataclass(frozen=True)
class Missing:
    """Numbers nobody entered though they must be long written, and whose pad they are from."""

    numbers: str
    count: int
    pad: str
    """The first number of its pad."""
    login: str
    issued_on: date
    source: str


@dataclass(frozen=True)
class Listed:
    """An entered number as the list shows it."""

    number: str
    written_on: date
    reason: str
    note: str
    about: str
    """Its slip, its order, or the customer in words."""
    order: str
    amount: Decimal
    spoiled: bool
    entered_by: str
    entered_on: date


@dataclass(frozen=True)
class Differing:
    """A slip whose handwritten slips add up to another amount."""

    slip: str
    numbers: str
    written: Decimal
    total: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much more was written by hand."""
        return self.written - self.total


@dataclass(frozen=True)
class PadsCheck:
    """The whole list for finance."""

    missing: tuple[Missing, ...]
    doubled: tuple[Listed, ...]
    unpaired: tuple[Listed, ...]
    differing: tuple[Differing, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.missing or self.doubled or self.unpaired or self.differing)


def pads_check(desk: Desk) -> PadsCheck:
    """Return what does not add up among the handwritten slips, as of today."""
    desk.needs(*CHECKS, doing=_("check the pads"))
    with desk.reading() as session:
        held, found = pads_within(desk, session), entries(desk, session)
    return PadsCheck(
        missing=tuple(_missing(desk, held, found)),
        doubled=tuple(_listed(desk, one) for one in _doubled(found)),
        unpaired=tuple(_listed(desk, one) for one in found if not one.is_paired and not one.spoiled),
        differing=tuple(_differing(desk, found)),
    )


def pads_agree(desk: Desk, session: Session) -> Iterator[Fault]:
    """Give pads that share numbers, entries that are on no pad, and pairs of two orders (SLP-7)."""
    for before, pad in pairwise(pads_within(desk, session)):
        if pad.first <= before.last:
            numbers = ranged(desk.policy, before.first, before.last), ranged(desk.policy, pad.first, pad.last)
            yield Fault(
                "SLP-7", _("The pads {one} and {other} share numbers.").format(one=numbers[0], other=numbers[1])
            )
    outside = (PAD_SLIP.c.number < PAD.c.first) | (PAD_SLIP.c.number > PAD.c.last)
    joined = select(PAD_SLIP.c.number).join(PAD, PAD.c.id == PAD_SLIP.c.pad_id)
    for number in session.connection().execute(joined.where(outside)).scalars():
        yield Fault("SLP-7", _("{number} is not on its pad.").format(number=number_said(desk.policy, number)))
    others = select(PAD_SLIP.c.number, SLIP.c.number).join(SLIP, SLIP.c.id == PAD_SLIP.c.slip_id)
    apart = (PAD_SLIP.c.order_id != SLIP.c.order_id) | PAD_SLIP.c.order_id.is_(None)
    for number, slip in session.connection().execute(others.where(apart)):
        said = number_said(desk.policy, number)
        yield Fault("SLP-7", _("{number} is paired with {slip} of another order.").format(number=said, slip=slip))


def _missing(desk: Desk, held: Sequence[HeldPad], found: Sequence[Entry]) -> Iterator[Missing]:
    used: Mapping[int, dict[int, date]] = defaultdict(dict)
    for one in found:
        used[one.pad_id].setdefault(one.number, one.written_on)
    for pad in held:
        back = day_of(desk, pad.returned_at) if pad.returned_at else None
        leaf = Leaf(pad.first, pad.last, pad.login, back, used.get(pad.id, {}))
        for gap in missing(leaf, desk.today(), desk.calendar, days=desk.policy.pads.missing_days):
            said, first = ranged(desk.policy, gap.first, gap.last), number_said(desk.policy, pad.first)
            yield Missing(said, gap.count, first, pad.login, day_of(desk, pad.issued_at), pad.source)


def _doubled(found: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries whose number was entered more than once."""
    counts = Counter(one.number for one in found)
    yield from (one for one in found if counts[one.number] > 1)


def _differing(desk: Desk, found: Sequence[Entry]) -> Iterator[Differing]:
    slips: dict[str, list[Entry]] = defaultdict(list)
    for one in found:
        if one.is_paired and one.amount:
            slips[one.slip_number or ""].append(one)
    for slip, papers in sorted(slips.items()):
        written, total = sum((one.amount for one in papers), NOUGHT), papers[0].slip_total
        if written != total:
            numbers = word_list(number_said(desk.policy, one.number) for one in papers)
            yield Differing(slip, numbers, written, total)


def _listed(desk: Desk, one: Entry) -> Listed:
    return Listed(
        number=number_said(desk.policy, one.number), written_on=one.written_on, reason=one.reason, note=one.note,
        about=(one.slip_number if one.is_paired else "") or one.order_number or one.customer,
        order=one.order_number or "", amount=one.amount, spoiled=one.spoiled, entered_by=one.entered_by,
        entered_on=day_of(desk, one.entered_at),
    )  # fmt: skip
