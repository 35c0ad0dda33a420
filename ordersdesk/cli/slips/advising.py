"""`slips advise|follow-up|receipt|confirm|to-advise|receipts-out`: the customer is told, asked, and signs (SLP-8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.slips.slips import group
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ordersdesk.delivery.routes.views import OnTheWay

Slips = Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))]
Note = Annotated[str, typer.Option(metavar="TEXT", help=_("A note."))]


@group.command(
    "advise",
    help=_("Note that customers were told their goods left: call, message, email, fax or paper."),
    epilog=example("ordersdesk slips advise SL20261123-0001 SL20261123-0002 --how message"),
)
def advise(
    ctx: typer.Context,
    slips: Slips,
    how: Annotated[str, typer.Option(help=_("call, message, email, fax or paper."))] = "message",
    note: Note = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.actions import advise_all as write

    desk = acting(setting_of(ctx))
    _tell(ctx, write(desk, slips, how=how, note=note), _("{slips}: the customer was told."))


@group.command(
    "follow-up",
    help=_("Note that a customer was asked whether the goods came: call or message."),
    epilog=example("ordersdesk slips follow-up SL20261123-0001 --how call --note 'all there'"),
)
def follow_up(
    ctx: typer.Context,
    slips: Slips,
    how: Annotated[str, typer.Option(help=_("call or message."))] = "call",
    note: Note = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.actions import follow_up_all as write

    desk = acting(setting_of(ctx))
    _tell(ctx, write(desk, slips, how=how, note=note), _("{slips}: the customer was asked."))


@group.command(
    "receipt",
    help=_("Note that signed receipts are back."),
    epilog=example("ordersdesk slips receipt SL20261123-0001 SL20261123-0002"),
)
def receipt(ctx: typer.Context, slips: Slips, note: Note = "") -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.actions import receipt_all as write

    desk = acting(setting_of(ctx))
    _tell(ctx, write(desk, slips, note=note), _("{slips}: the receipt is back."))


@group.command(
    "to-advise",
    help=_("List slips on the road whose customers were not told."),
    epilog=example("ordersdesk slips to-advise"),
)
def to_advise(ctx: typer.Context, limit: AtMost = 200) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.queries import unadvised

    desk = acting(setting_of(ctx))
    _list(ctx, unadvised(desk, limit=limit), _("Every customer was told."), desk.zone)


@group.command(
    "receipts-out",
    help=_("List delivered slips whose signed receipt is not back."),
    epilog=example("ordersdesk slips receipts-out"),
)
def receipts_out(ctx: typer.Context, limit: AtMost = 200) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.queries import unreceipted

    desk = acting(setting_of(ctx))
    _list(ctx, unreceipted(desk, limit=limit), _("Every receipt is back."), desk.zone)


@group.command(
    "confirm",
    help=_("Note that a customer was called and confirmed address, phone and receiver before a first delivery."),
    epilog=example("ordersdesk slips confirm SL20261123-0001 --note 'the guard takes it'"),
)
def confirm(ctx: typer.Context, slips: Slips, note: Note = "") -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.confirming_actions import confirm_all as write

    desk = acting(setting_of(ctx))
    _tell(ctx, write(desk, slips, note=note), _("{slips}: address, phone and receiver are confirmed."))


def _tell(ctx: typer.Context, numbers: Sequence[str], sentence: str) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json

    if setting_of(ctx).json:
        tell_json({"slips": numbers})
    else:
        say(sentence.format(slips=word_list(numbers)))


def _list(ctx: typer.Context, rows: Sequence[OnTheWay], empty: str, zone: ZoneInfo) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table

    if setting_of(ctx).json:
        tell_json(rows)
        return
    heads = [_("Slip"), _("Order"), _("Customer"), _("Contact"), _("Route sheet"), _("Left at"), _("Signed by")]
    cells = (
        (row.number, row.order_number, row.customer_name, row.contact, row.sheet,
         row.left_at and row.left_at.astimezone(zone), row.signed_by)
        for row in rows
    )  # fmt: skip
    tell_table(heads, cells, empty=empty)


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `slips`."""
