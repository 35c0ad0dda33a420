"""`slips picklist` and `slips pick`: what the warehouse walks with, and what it found (SLP-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.kit.papers import On, Preview, Replace, To, issue_papers
from ordersdesk.cli.slips.slips import group
from ordersdesk.foundation.texts.language import _, ngettext
from ordersdesk.foundation.texts.texts import full_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ordersdesk.delivery.model.picking_queries import ForSlip, ToFetch
    from ordersdesk.delivery.picking.actions import Picked
    from ordersdesk.foundation.desk import Desk

MOST = 2_147_483_647  # whole numbers of the database


@group.command(
    "picklist",
    help=_("List what to fetch for printed slips, item by item, with the slips it is for; --form or --to print it."),
    epilog=example(
        "ordersdesk slips picklist --wave 12:00",
        "ordersdesk slips picklist --route R1 --form a4 --to office",
    ),
)
def picklist(
    ctx: typer.Context,
    wave: Annotated[str, typer.Option(metavar="TIME", help=_("Of this wave, such as 12:00."))] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=_("That leave on this day."))] = "",
    route: Annotated[str | None, typer.Option(metavar="ROUTE", help=_("Of this route."))] = None,
    form: On = "",
    to: To = "",
    replace: Replace = False,
    preview: Preview = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.model.picking_queries import picklist as to_fetch
    from ordersdesk.delivery.papers.picking_form import picking_of

    desk = acting(setting_of(ctx))
    found = to_fetch(desk, wave=wave, day=day_of(day) if day else None, route=route)
    if found and (form or to or preview):
        numbers = sorted({each.slip for one in found for each in one.slips})
        issue_papers(ctx, [picking_of(desk, numbers)], form or "a4", to, replace=replace, preview=preview)
        return
    _tell_list(ctx, found)


def _tell_list(ctx: typer.Context, found: Sequence[ToFetch]) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table

    if setting_of(ctx).json:
        tell_json(found)
        return
    rows = ((one.code, full_name(one.name, one.spec), one.pieces, one.unit, _beside(one.slips)) for one in found)
    columns = [_("Code"), _("Name"), _("Pieces"), _("Unit"), _("Slips")]
    tell_table(columns, rows, empty=_("No printed slip waits to be picked."))


def _beside(slips: Iterable[ForSlip]) -> str:
    return "  ".join(f"{one.slip} × {one.pieces}" for one in slips)


@group.command(
    "pick",
    help=_("Note slips as picked; pieces the shelf lacks go back to their order."),
    epilog=example(
        "ordersdesk slips pick SL20261123-0001 --parcels 2",
        "ordersdesk slips pick SL20261123-0001 --short 2=3",
        "ordersdesk slips pick SL20261123-0002 SL20261123-0003",
    ),
)
def pick(
    ctx: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))],
    short: Annotated[
        list[str] | None,
        typer.Option("--short", metavar="LINE=PIECES", help=_("Pieces of a line that were not there; repeat it.")),
    ] = None,
    parcels: Annotated[int, typer.Option(min=1, max=MOST, metavar="N", help=_("Parcels counted, of each slip."))] = 1,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.delivery.picking import actions as picking

    setting = setting_of(ctx)
    desk = acting(setting)
    if short and len(numbers) > 1:
        raise typer.BadParameter(_("Name the slip the pieces were missing on alone."), param_hint="--short")
    if short:
        done = [picking.pick(desk, numbers[0], found=_found(desk, numbers[0], short), parcels=parcels)]
    else:
        done = picking.pick_all(desk, numbers, parcels=parcels)
    if setting.json:
        tell_json(done)
        return
    for one in done:
        _tell(one)


def _found(desk: Desk, number: str, short: list[str]) -> dict[int, int]:
    """Turn what was missing into what was found."""
    from ordersdesk.delivery.model.queries import by_number

    lines = {line.position: line.pieces for line in by_number(desk, number).lines}
    found: dict[int, int] = {}
    for said in short:
        position, _equals, pieces = said.partition("=")
        if not (position.strip().isdecimal() and pieces.strip().isdecimal() and len(said) < 24):
            raise typer.BadParameter(_("“{text}” is not like 2=3.").format(text=said[:40]), param_hint="--short")
        line = int(position)
        found[line] = found.get(line, lines.get(line, 0)) - int(pieces)
    return found


def _tell(done: Picked) -> None:
    from ordersdesk.cli.kit.telling import say

    if done.state == "void":
        say(_("{slip} is void: nothing of it was on the shelf.").format(slip=done.number))
    else:
        pieces = ngettext("{count} piece", "{count} pieces", done.pieces).format(count=done.pieces)
        parcels = ngettext("{count} parcel", "{count} parcels", done.parcels).format(count=done.parcels)
        say(_("{slip} is picked: {pieces} in {parcels}.").format(slip=done.number, pieces=pieces, parcels=parcels))
    for line in done.missed:
        text = _("Line {position}, {code}: {found} of {asked} {unit} found; the rest waits for goods.")
        say(text.format(position=line.position, code=line.code, found=line.found, asked=line.asked, unit=line.unit))
    if done.missed and done.state == "picked":
        say(_("Its paper says more than goes: `ordersdesk slips reprint {slip}`.").format(slip=done.number))


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `slips`."""
