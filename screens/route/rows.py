"""Route sheets as rows of a list, and one sheet as its stops with what was said of each (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ordersdesk.delivery.model.cash import NOTHING
from ordersdesk.delivery.model.flow import ROUTE_FLOW, SLIP_FLOW
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.routes.views import SheetRow, SheetView
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.terms.labels import PAYMENTS
from screens.slip.outcomes import DELIVERED, Outcome, door
from screens.slip.page import marks, short_marks
from screens.widgets.laying import Line, paragraph, spread
from screens.widgets.rows import Column, Row
from screens.widgets.times import moment

SHEETS = (
    Column(N_("Route sheet"), 15),
    Column(N_("State"), 12),
    Column(N_("Route"), least=8),
    Column(N_("Leaves"), 19),
    Column(N_("Driver"), 9, drop=2),
    Column(N_("Vehicle"), 9, drop=3),
    Column(N_("Not back"), 8, right=True),
    Column(N_("Pieces"), 7, right=True, drop=4),
    Column(N_("Cash"), 11, right=True),
)
STOPS = (
    Column(N_("Stop"), 4, right=True),
    Column(N_("Slip"), 15),
    Column(N_("Customer"), least=20, share=7),
    Column("", 8, drop=1),
    Column(N_("Pieces"), 6, right=True, drop=2),
    Column(N_("Parcels"), 7, right=True, drop=3),
    Column(N_("At the door"), 11, right=True),
    Column(N_("What became of it"), least=22, share=8),
)
TONES = {"departed": "warn", "back": "muted", "void": "muted"}
SAID_TONES = {"delivered": "muted", "refused": "muted", "failed": "muted"}


def sheet_row(desk: Desk, one: SheetRow) -> Row:
    """Return a route sheet as a row."""
    leaves = f"{short_day(one.day)} {one.wave}".strip() if one.day != desk.today() else one.wave
    open_ones = f"{one.open}/{one.slips}"
    cash = one.expected if one.handed_in is None else one.handed_in
    cells = (
        one.number, _(ROUTE_FLOW.states[one.state]), one.route, leaves, one.driver, one.vehicle, open_ones,
        str(one.pieces), formatted(cash) if cash else "",
    )  # fmt: skip
    return Row(one.number, cells, tone=TONES.get(one.state, ""), data=one)


def stop_row(desk: Desk, slip: SlipHead, said: Outcome | None) -> Row:
    """Return a stop of a sheet as a row; what was said and is not written yet stands out."""
    first = next(short_marks(slip), "")
    brings = said.cash(slip, desk) if said else door(desk, slip)
    cells = (
        str(slip.place), slip.number, slip.customer_name, first, str(slip.pieces), str(slip.parcels or ""),
        formatted(brings) if brings else "", f"✓ {said.told()}" if said else _state(slip),
    )  # fmt: skip
    tone = ("good" if said.kind == DELIVERED else "warn") if said else SAID_TONES.get(slip.state, "")
    return Row(slip.number, cells, tone=tone, data=slip)


def _state(slip: SlipHead) -> str:
    return "" if slip.state == "loaded" else _(SLIP_FLOW.states[slip.state])


def heading(sheet: SheetView, said: Mapping[str, Outcome], desk: Desk, width: int) -> list[Line]:
    """Say how the sheet goes and how much of it is left."""
    head = sheet.head
    left = _("{route} · {day} {wave}").format(route=head.route, day=short_day(head.day), wave=head.wave)
    road = " · ".join(part for part in (*_times(head, desk), head.driver, head.vehicle) if part)
    return [
        spread(left.strip(), _(ROUTE_FLOW.states[head.state]), width, right_role="accent"),
        spread(road or _("no driver yet"), " · ".join(_sums(sheet, said, desk)), width, role="label"),
    ]


def _times(head: RouteSheet, desk: Desk) -> Iterator[str]:
    if head.left_at:
        yield _("left {when}").format(when=moment(desk, head.left_at))
    if head.back_at:
        yield _("back {when}").format(when=moment(desk, head.back_at))


def _sums(sheet: SheetView, said: Mapping[str, Outcome], desk: Desk) -> Iterator[str]:
    pieces, parcels = (sum(getattr(slip, name) for slip in sheet.slips) for name in ("pieces", "parcels"))
    yield ngettext("{count} stop", "{count} stops", len(sheet.slips)).format(count=len(sheet.slips))
    yield ngettext("{count} piece", "{count} pieces", pieces).format(count=f"{pieces:,}")
    if parcels:
        yield ngettext("{count} parcel", "{count} parcels", parcels).format(count=parcels)
    if sheet.head.handed_in is not None:
        yield _("{amount} handed in").format(amount=formatted(sheet.head.handed_in))
    else:
        yield _("{amount} to bring").format(amount=formatted(cash_of(sheet, said, desk)))


def cash_of(sheet: SheetView, said: Mapping[str, Outcome], desk: Desk) -> Decimal:
    """Return what the driver brings, with what was said and is not written yet."""
    each = (said[slip.number].cash(slip, desk) if slip.number in said else door(desk, slip) for slip in sheet.slips)
    return sum(each, NOTHING)


def told_of(slip: SlipHead | None, said: Outcome | None, desk: Desk, width: int) -> Sequence[Line]:
    """Say in full where a stop is, and what was said of it."""
    if slip is None:
        return ()
    phone = readable(slip.phone, desk.policy.phones)
    who = "  ".join(filter(None, (slip.contact, phone, slip.address)))
    pays = _(PAYMENTS.get(slip.payment, slip.payment))
    rest = [slip.note, pays, *marks(slip)]
    if said:
        rest = [said.told(), said.signed_by and _("signed by {who}").format(who=said.signed_by), said.why]
    elif slip.signed_by:
        rest = [_("signed by {who}").format(who=slip.signed_by), *rest]
    return [*paragraph(who, width)[:1], *paragraph(" · ".join(filter(None, rest)), width, role="label")]
