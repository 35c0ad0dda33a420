"""Reads of handwritten slips: pads and their holders, numbers entered, the slips they belong to (SLP-7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session

from ordersdesk.delivery.model.tables import Pad, PadSlip, Slip
from ordersdesk.delivery.pads.rules import CHECKS, ENTERS, number_said
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import ORDER

PAD, PAD_SLIP, SLIP = table_of(Pad), table_of(PadSlip), table_of(Slip)
NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class HeldPad:
    """A pad as it lies in the store; nobody's name means it is blank and in the cupboard."""

    id: int
    first: int
    last: int
    login: str
    issued_at: datetime
    issued_by: str
    source: str
    returned_at: datetime | None


@dataclass(frozen=True)
class PadRow:
    """A pad as lists show it: who has it, how many of its slips are entered and how many are left."""

    first: str
    last: str
    login: str
    issued_on: date
    returned_on: date | None
    source: str
    sheets: int
    entered: int
    left: int
    next: str
    """The first number after the highest that was entered; empty when there is none."""


@dataclass(frozen=True)
class Entry:
    """A handwritten slip as it was entered, with what it belongs to."""

    id: int
    pad_id: int
    number: int
    spoiled: bool
    reason: str
    written_on: date
    customer: str
    amount: Decimal
    note: str
    entered_at: datetime
    entered_by: str
    order_id: int | None
    order_number: str | None
    slip_id: int | None
    slip_number: str | None
    slip_state: str | None
    slip_due: Decimal | None
    slip_deposit: Decimal | None

    @property
    def slip_total(self) -> Decimal:
        """What its slip comes to without the goods that came back; what was paid ahead is part of it."""
        return (self.slip_due or NOUGHT) + (self.slip_deposit or NOUGHT)

    @property
    def is_paired(self) -> bool:
        """Whether it has a slip that stands."""
        return self.slip_id is not None and self.slip_state != "void"


@dataclass(frozen=True)
class Target:
    """A slip of the system that handwritten ones are paired with."""

    id: int
    number: str
    order_id: int
    order_number: str
    customer: str
    state: str
    due: Decimal
    deposit: Decimal

    @property
    def total(self) -> Decimal:
        """What it comes to with the delivery fee, without the goods that came back."""
        return self.due + self.deposit


PAD_COLUMNS = tuple(PAD.c[name] for name in HeldPad.__dataclass_fields__)


def pad_of(desk: Desk, session: Session, number: int, *, lock: bool = False) -> HeldPad:
    """Return the pad a number belongs to; refused (SLP-7) when no pad with it was ever issued."""
    holds = (PAD.c.branch == desk.branch) & (PAD.c.first <= number) & (PAD.c.last >= number)
    statement = select(*PAD_COLUMNS).where(holds)
    # Whoever waited for the pad finds it cut in two, perhaps: then the number is on the other part.
    for _look in range(2):
        row = session.connection().execute(statement.with_for_update() if lock else statement).first()
        if row is not None:
            return HeldPad(*row)
    said = number_said(desk.policy, number)
    raise Refused(
        "SLP-7",
        _("{number} is on no pad that was issued.").format(number=said),
        mend=_("Read the number again, or issue its pad first: ordersdesk pads issue LOGIN --from {number}").format(
            number=said
        ),
        field="number",
    )


def pads_within(desk: Desk, session: Session, *, login: str = "", everything: bool = True) -> list[HeldPad]:
    """Return the branch's pads by number; one person's, and only those in somebody's hands, when asked."""
    chosen = PAD.c.branch == desk.branch
    if login:
        chosen &= PAD.c.login == login
    if not everything:
        chosen &= PAD.c.returned_at.is_(None)
    return [
        HeldPad(*row) for row in session.connection().execute(select(*PAD_COLUMNS).where(chosen).order_by(PAD.c.first))
    ]


def pads(desk: Desk, *, login: str = "", everything: bool = False) -> list[PadRow]:
    """Return who holds which pad and how many sheets are left; with `everything` also those that came back."""
    desk.needs(*(ENTERS | CHECKS), doing=_("look at the pads"))
    with desk.reading() as session:
        held = pads_within(desk, session, login=login.strip().lower(), everything=everything)
        counts = _counts(session, [pad.id for pad in held])
    return [_row(desk, pad, *counts.get(pad.id, (0, 0))) for pad in held]


def _counts(session: Session, pad_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many numbers of each pad are entered, and the highest."""
    columns = (PAD_SLIP.c.pad_id, func.count(PAD_SLIP.c.number.distinct()), func.max(PAD_SLIP.c.number))
    chosen = select(*columns).where(PAD_SLIP.c.pad_id.in_(pad_ids)).group_by(PAD_SLIP.c.pad_id)
    return {row[0]: (row[1], row[2]) for row in session.connection().execute(chosen)} if pad_ids else {}


def _row(desk: Desk, pad: HeldPad, entered: int, highest: int) -> PadRow:
    is_out = pad.returned_at is None or not pad.login
    after = max(highest + 1, pad.first)
    left = max(pad.last - after + 1, 0) if is_out else 0
    return PadRow(
        first=number_said(desk.policy, pad.first), last=number_said(desk.policy, pad.last), login=pad.login,
        issued_on=day_of(desk, pad.issued_at),
        returned_on=day_of(desk, pad.returned_at) if pad.returned_at else None, source=pad.source,
        sheets=pad.last - pad.first + 1, entered=entered, left=left,
        next=number_said(desk.policy, after) if left else "",
    )  # fmt: skip


def day_of(desk: Desk, at: datetime) -> date:
    """Return the branch's day of a moment."""
    return at.astimezone(desk.zone).date()


# --- what was entered

_ENTRY = (
    *(PAD_SLIP.c[name] for name in tuple(Entry.__dataclass_fields__)[:12]),
    ORDER.c.number, PAD_SLIP.c.slip_id, SLIP.c.number, SLIP.c.state, SLIP.c.due,
    SLIP.c.deposit,
)  # fmt: skip


def _entered(desk: Desk) -> Select[tuple[object, ...]]:
    joined = PAD_SLIP.outerjoin(SLIP, SLIP.c.id == PAD_SLIP.c.slip_id).outerjoin(
        ORDER, ORDER.c.id == PAD_SLIP.c.order_id
    )
    return select(*_ENTRY).select_from(joined).where(PAD_SLIP.c.branch == desk.branch)


def entries(desk: Desk, session: Session, number: int | None = None) -> list[Entry]:
    """Return what was entered, by number; of one number, oldest first, when it is named."""
    found = _entered(desk) if number is None else _entered(desk).where(PAD_SLIP.c.number == number)
    rows = session.connection().execute(found.order_by(PAD_SLIP.c.number, PAD_SLIP.c.id))
    return [Entry(*row) for row in rows]


def entered_on_slip(desk: Desk, session: Session, slip_id: int) -> list[Entry]:
    """Return the handwritten slips that are paired with one of the system's."""
    rows = session.connection().execute(_entered(desk).where(PAD_SLIP.c.slip_id == slip_id).order_by(PAD_SLIP.c.id))
    return [Entry(*row) for row in rows]


_OF_SLIPS = Prepared(
    select(PAD_SLIP.c.slip_id, PAD_SLIP.c.number)
    .where(PAD_SLIP.c.slip_id.in_(bindparam("slips", expanding=True)))
    .order_by(PAD_SLIP.c.id),
    lists=["slips"],
)


def handwritten(desk: Desk, slip_id: int) -> str:
    """Return the handwritten numbers of one slip; empty when there are none."""
    with desk.reading() as session:
        return pad_number_of(session, [slip_id], desk.policy).get(slip_id, "")


def pad_number_of(session: Session, slip_ids: Collection[int], policy: Policy) -> dict[int, str]:
    """Return the handwritten numbers of slips, for customers who reconcile by them; slips without are left out."""
    numbers: dict[int, list[str]] = {}
    for slip_id, number in _OF_SLIPS.rows(session, slips=sorted(slip_ids)):
        numbers.setdefault(slip_id, []).append(number_said(policy, number))
    return {slip_id: word_list(dict.fromkeys(found)) for slip_id, found in numbers.items()}


# --- the system's slips

_TARGET = (
    SLIP.c.id, SLIP.c.number, SLIP.c.order_id, SLIP.c.order_number, SLIP.c.customer_name, SLIP.c.state, SLIP.c.due,
    SLIP.c.deposit,
)  # fmt: skip


def slip_named(desk: Desk, session: Session, number: str) -> Target | None:
    """Return one of the system's slips by its number, if there is one."""
    named = (SLIP.c.branch == desk.branch) & (SLIP.c.number == number)
    row = session.connection().execute(select(*_TARGET).where(named)).first()
    return None if row is None else Target(*row)


def slips_of_order(session: Session, order_id: int) -> list[Target]:
    """Return an order's slips that stand."""
    stand = (SLIP.c.order_id == order_id) & (SLIP.c.state != "void")
    return [Target(*row) for row in session.connection().execute(select(*_TARGET).where(stand).order_by(SLIP.c.id))]
