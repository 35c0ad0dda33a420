"""`slips allocate|list|show|void|deal|release-first|chase`: slips are made, looked at and dealt anew (SLP-1, SLP-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.foundation.texts.language import _, labelled, with_rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ordersdesk.delivery.model.views import SlipGoods, SlipHead, SlipRow, SlipView
    from ordersdesk.delivery.slips.allocating_actions import Allocated
    from ordersdesk.foundation.desk import Desk

group = Commands(
    help=_("Slips: allocate, print, pick, look up, void, deal short stock."),
    no_args_is_help=True,
    epilog=example("ordersdesk slips allocate --wave 12:00 --dry-run"),
)
Number = Annotated[str, typer.Argument(metavar="SL…", help=_("The slip's number."))]


@group.command(
    "allocate",
    help=_("Make the slips of the next wave, or of orders by name: key customers first, what stays says why."),
    epilog=example(
        "ordersdesk slips allocate --wave 12:00 --dry-run",
        "ordersdesk slips allocate --route R1",
        "ordersdesk slips allocate --order SO20261123-0001 --partial",
    ),
)
def allocate(
    ctx: typer.Context,
    wave: Annotated[str, typer.Option(metavar="TIME", help=_("The wave; else the next that takes something."))] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=_("Its day; else the next one with that wave."))] = "",
    route: Annotated[str | None, typer.Option(metavar="ROUTE", help=_("Only this route."))] = None,
    order: Annotated[list[str] | None, typer.Option(metavar="SO…", help=_("Only these orders; repeat it."))] = None,
    partial: Annotated[bool, typer.Option("--partial", help=_("Let named orders go in parts."))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what it would do; write nothing."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.delivery.model.wave_rules import chosen_wave
    from ordersdesk.delivery.slips import allocating_actions as allocating

    setting = setting_of(ctx)
    desk = acting(setting)
    leaves = chosen_wave(desk, wave, day_of(day) if day else None) if wave or day else None
    wanted = allocating.Order(leaves, route, tuple(order or ()), partial)
    done = allocating.would_allocate(desk, wanted) if dry_run else allocating.allocate(desk, wanted)
    if setting.json:
        tell_json(done)
    else:
        _tell_allocated(done)


def _tell_allocated(done: Allocated) -> None:
    from ordersdesk.cli.kit.telling import say, tell_table

    say(_("Wave {wave} of {day}").format(wave=done.wave, day=done.day))
    heads = [_("Slip"), _("Order"), _("Customer"), _("Urgent"), _("Route"), _("Pieces"), _("Goods"), _("Delivery fee"),
             _("To pay"), _("Whole"), _("Carrier")]  # fmt: skip
    rows = (
        (made.slip or "–", made.order, made.customer, made.urgent, made.route or made.region, made.pieces, made.goods,
         made.fee, made.due, made.whole, made.carrier)
        for made in done.made
    )  # fmt: skip
    tell_table(heads, rows, empty=done.why_none())
    for made in done.made:
        if made.warning:
            say(labelled(made.slip or made.order, made.warning))
    for left in done.left:
        say(with_rule(_("{number} stays: {why}").format(number=left.order, why=left.why), left.rule))


@group.command(
    "list",
    help=_("List slips that are under way, urgent ones and key customers first; --state for others."),
    epilog=example("ordersdesk slips list --state printed --route R1"),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str, typer.Option(help=_("made, printed, picked, loaded, delivered, refused, failed, void."))
    ] = "",
    route: Annotated[str | None, typer.Option(metavar="ROUTE", help=_("Of this route."))] = None,
    wave: Annotated[str, typer.Option(metavar="TIME", help=_("Of this wave, such as 12:00."))] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=_("That leave on this day."))] = "",
    order: Annotated[str, typer.Option(metavar="SO…", help=_("Of this order, in any state."))] = "",
    limit: AtMost = 1000,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.model.flow import SLIP_FLOW
    from ordersdesk.delivery.model.queries import OPEN, slips

    one_of("--state", state, SLIP_FLOW.states)
    states = (state,) if state else () if order else OPEN
    on = day_of(day) if day else None
    found = slips(
        acting(setting_of(ctx)), state=states, route=route, wave=wave, day=on, order=order.upper(), limit=limit
    )
    _tell_rows(ctx, found, empty=_("No slips."))


def _tell_rows(ctx: typer.Context, found: Iterable[SlipRow], *, empty: str) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table

    if setting_of(ctx).json:
        tell_json(found)
        return
    heads = [_("Slip"), _("State"), _("Order"), _("Customer"), _("Urgent"), _("Route"), _("Leaves"), _("Wave"),
             _("Pieces"), _("To pay")]  # fmt: skip
    rows = (
        (row.number, _(row.stands), row.order_number, row.customer_name, row.urgent,
         row.route or row.region, row.leaves_on, row.wave, row.pieces, row.due)
        for row in found
    )  # fmt: skip
    tell_table(heads, rows, empty=empty)


@group.command("show", help=_("Show one slip."), epilog=example("ordersdesk slips show SL20261123-0001"))
def show(ctx: typer.Context, number: Number) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.model.queries import by_number
    from ordersdesk.delivery.pads.queries import handwritten

    desk = acting(setting_of(ctx))
    found = by_number(desk, number)
    _tell_slip(ctx, desk, found, handwritten(desk, found.head.id))


def _tell_slip(ctx: typer.Context, desk: Desk, slip: SlipView, by_hand: str = "") -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet, tell_table
    from ordersdesk.delivery.model.rules import came_back

    back = came_back(slip.lines)
    if setting_of(ctx).json:
        tell_json({**vars(slip), "came_back": back, "handwritten": by_hand})
        return
    head = slip.head
    tell_sheet(_about(head, desk, by_hand))
    heads = [_("Line"), _("Code"), _("Name"), _("Pieces"), _("Unit"), _("Price"), _("Amount")]
    tell_table(
        heads,
        ((one.position, one.code, _goods(one), one.pieces, one.unit, one.price, one.amount) for one in slip.lines),
    )
    tell_sheet(
        [
            (_("Goods"), head.goods),
            (_("Came back"), back or ""),
            (_("Delivery fee"), head.fee),
            (_("Deposit"), -head.deposit if head.deposit else ""),
            (_("To pay"), head.due),
            (_("Collected"), head.collected),
        ]
    )


def _goods(line: SlipGoods) -> str:
    from ordersdesk.delivery.model.labels import refused_words
    from ordersdesk.foundation.texts.texts import full_name

    return " · ".join(filter(None, (full_name(line.name, line.spec), refused_words(line.refused, line.refused_why))))


def _about(head: SlipHead, desk: Desk, by_hand: str) -> list[tuple[str, object]]:
    from ordersdesk.delivery.model.labels import words
    from ordersdesk.foundation.phones.writing import readable
    from ordersdesk.orders.terms.receiving_hours import due_part

    phone = readable(head.phone, desk.policy.phones)
    return [
        (_("Slip"), head.number),
        (_("State"), _(head.stands)),
        (_("Why"), _(words(head.why)) if head.why else head.released_why),
        (_("Order"), head.order_number),
        (_("Handwritten slip"), by_hand),
        (_("Customer"), head.customer_name),
        (
            _("Contact"),
            " ".join(filter(None, (head.department, head.contact, phone))),
        ),
        (_("Address"), head.address),
        (_("Route"), head.route or head.region),
        (_("Leaves"), f"{head.leaves_on} {head.wave}"),
        (_("Promised"), f"{head.promised_on or ''} {due_part(cast(Any, head.promised_part), head.latest)}".strip()),
        (_("Carrier"), f"{head.carrier} {head.way}".strip()),
        (_("Printed"), head.prints or ""),
        (_("Parcels"), head.parcels or ""),
    ]


@group.command(
    "void",
    help=_("Void a slip before it is loaded; its pieces go back to its order."),
    epilog=example('ordersdesk slips void SL20261123-0001 --reason "wrong address"'),
)
def void(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help=_("Why it is void."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.slips.voiding_actions import void as make_void

    desk = acting(setting_of(ctx))
    _tell_slip(ctx, desk, make_void(desk, number, reason=reason))


@group.command(
    "release-first",
    help=_("Let an order's goods leave before their slip is printed: an emergency, told and chased."),
    epilog=example(
        'ordersdesk slips release-first SO20261123-0001 --reason "hospital" --driver 郝师傅 --vehicle 沪A12345'
    ),
)
def release_first(
    ctx: typer.Context,
    order: Annotated[str, typer.Argument(metavar="SO…", help=_("The order's number."))],
    reason: Annotated[str, typer.Option("--reason", help=_("What the emergency is."))] = "",
    driver: Annotated[str, typer.Option(metavar="NAME", help=_("Who takes them."))] = "",
    vehicle: Annotated[str, typer.Option(metavar="PLATE", help=_("In which van."))] = "",
    confirmed: Annotated[str, typer.Option(metavar="NOTE", help=_("Whom you reached before a first delivery."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.delivery.routes.emergency_actions import Emergency
    from ordersdesk.delivery.routes.emergency_actions import release_first as let_go

    setting = setting_of(ctx)
    desk = acting(setting)
    gone = let_go(desk, order, Emergency(reason, driver, vehicle, confirmed))
    if setting.json:
        tell_json(gone)
        return
    for slip in gone:
        _tell_slip(ctx, desk, slip)


@group.command(
    "chase",
    help=_("List slips whose goods left before the paper; print them with slips print."),
    epilog=example("ordersdesk slips chase"),
)
def chase(ctx: typer.Context, limit: AtMost = 1000) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.emergency_actions import chased

    found = chased(acting(setting_of(ctx)), limit=limit)
    _tell_rows(ctx, found, empty=_("Every slip of goods that left is on paper."))


def add_to(app: typer.Typer) -> None:
    """Give the application the group `slips`."""
    app.add_typer(group, name="slips")
