"""`outage-pack`: the papers to keep selling without a screen (JOY-9)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from ordersdesk.delivery.outage.pack import Pack


class Sheets(StrEnum):
    """The papers a pack is made on."""

    A4 = "a4"
    A5 = "a5"
    TEXT = "text"


def outage_pack(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder for the papers; made when missing."))],
    slips: Annotated[int | None, typer.Option(metavar="N", help=_("Blank slips; else a pad's."))] = None,
    login: Annotated[str, typer.Option("--for", metavar="LOGIN", help=_("Who will write them; else who acts."))] = "",
    form: Annotated[Sheets, typer.Option(help=_("Paper of the PDF; text makes plain text only."))] = Sheets.A4,
    more: Annotated[bool, typer.Option("--more", help=_("New numbers, though today's are not used up."))] = False,
    replace: Annotated[bool, typer.Option("--replace", help=_("Over an older pack in the folder."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import progress, tell_json
    from ordersdesk.delivery.outage.pack import Wish, make_pack

    setting = setting_of(ctx)
    desk = acting(setting)
    count = desk.policy.pads.sheets if slips is None else slips
    wish = Wish(slips=count, login=login, form=form.value, more=more, replace=replace)
    with progress(_("printing")) as step:
        pack = make_pack(desk, folder, wish, own=setting.home / "forms", step=step)
    if setting.json:
        tell_json(pack)
    else:
        _tell(pack)


def _tell(pack: Pack) -> None:
    from ordersdesk.cli.kit.telling import say

    for warning in pack.warnings:
        say(warning)
    if pack.numbers:
        say(_("Blank slips: {numbers}.").format(numbers=pack.numbers))
    counts = {"items": f"{pack.items:,}", "orders": pack.orders, "slips": pack.slips_out}
    say(_("Items: {items}, orders to deliver: {orders}, slips on the road: {slips}.").format(**counts))
    say(_("{folder}: {files}").format(folder=pack.folder, files=word_list(pack.files)))


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "outage-pack",
        help=_("Print what is needed to keep selling without a screen: blank slips, prices, orders, who is called."),
        epilog=example("ordersdesk outage-pack pack", "ordersdesk outage-pack pack --slips 20 --for zhao --replace"),
    )(outage_pack)
