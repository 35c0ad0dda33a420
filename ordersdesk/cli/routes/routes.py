"""`routes make|load|unload|move|depart|void|list|show`: route sheets from loading to departure (SLP-4, SLP-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.foundation.texts.language import _, pgettext, word_list

if TYPE_CHECKING:
    from ordersdesk.delivery.routes.loading_actions import Loaded

group = Commands(
    help=_("Route sheets: make, load, depart, back from the road, cash."),
    no_args_is_help=True,
    epilog=example("ordersdesk routes list"),
)
Sheet = Annotated[str, typer.Argument(metavar="RS…", help=_("The route sheet's number."))]
Slips = Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))]
Vehicle = Annotated[str, typer.Option(metavar="PLATE", help=_("The vehicle."))]
Driver = Annotated[str, typer.Option(metavar="NAME", help=_("The driver."))]


@group.command(
    "make",
    help=_("Make the sheets of all routes of a wave with what is picked; with --route only that one."),
    epilog=example(
        "ordersdesk routes make --wave 12:00",
        "ordersdesk routes make --route R1 --vehicle 沪A12345 --driver 郝师傅",
        "ordersdesk routes make --route R1 --slip SL20261123-0001",
    ),
)
def make(
    ctx: typer.Context,
    route: Annotated[str, typer.Option(metavar="ROUTE", help=_("A route, or the carrier who picks up."))] = "",
    wave: Annotated[str, typer.Option(metavar="TIME", help=_("The wave; else the next something is picked for."))] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=_("Its day; else the next one with that wave."))] = "",
    slip: Annotated[list[str] | None, typer.Option(metavar="SL…", help=_("Load only these; repeat it."))] = None,
    vehicle: Vehicle = "",
    driver: Driver = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("A note on the sheet."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.model.wave_rules import chosen_wave
    from ordersdesk.delivery.routes import actions as routing

    setting = setting_of(ctx)
    if not route and (slip or vehicle or driver or note):
        raise typer.BadParameter(_("Name the route it is for."), param_hint="--route")
    desk = acting(setting)
    leaves = chosen_wave(desk, wave, day_of(day) if day else None) if wave or day else None
    if route:
        trip = routing.Trip(route, leaves, vehicle, driver, note)
        done = routing.make(desk, trip, slips=slip) if slip else routing.make_with_picked(desk, trip)
        _tell(ctx, done)
        return
    made = routing.suggest(desk, leaves=leaves)
    if setting.json:
        tell_json(made)
        return
    if not made.sheets and not made.left_out:
        say(_("Nothing is picked for the {wave} wave of {day}.").format(wave=made.wave, day=made.day))
    for each in made.sheets:
        _say(each)
    for number, why in made.left_out:
        say(_("{number} stays: {why}").format(number=number, why=why))


@group.command(
    "load",
    help=_("Put picked slips on a sheet: urgent ones first, then key customers, then as they are named."),
    epilog=example("ordersdesk routes load RS20261123-0001 SL20261123-0001 SL20261123-0002"),
)
def load(ctx: typer.Context, number: Sheet, slips: Slips) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.loading_actions import load as put

    _tell(ctx, put(acting(setting_of(ctx)), number, slips))


@group.command(
    "unload",
    help=_("Take slips off a sheet that has not left."),
    epilog=example("ordersdesk routes unload RS20261123-0001 SL20261123-0002"),
)
def unload(ctx: typer.Context, number: Sheet, slips: Slips) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.loading_actions import unload as take_off

    _tell(ctx, take_off(acting(setting_of(ctx)), number, slips))


@group.command(
    "move",
    help=_("Move a slip to another stop of its sheet."),
    epilog=example("ordersdesk routes move RS20261123-0001 SL20261123-0002 1"),
)
def move(
    ctx: typer.Context,
    number: Sheet,
    slip: Annotated[str, typer.Argument(metavar="SL…", help=_("The slip's number."))],
    stop: Annotated[int, typer.Argument(metavar="STOP", min=1, max=10_000, help=_("The stop, first 1."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.loading_actions import reorder

    _tell(ctx, reorder(acting(setting_of(ctx)), number, slip, stop))


@group.command(
    "void",
    help=_("Void a sheet that has not left; its slips are picked again."),
    epilog=example("ordersdesk routes void RS20261123-0001 --why 'no van'"),
)
def void(
    ctx: typer.Context,
    number: Sheet,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("Why."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.routes.loading_actions import void_sheet

    done = void_sheet(acting(setting_of(ctx)), number, why=why)
    if setting_of(ctx).json:
        tell_json(done)
    else:
        say(_("{number} is void.").format(number=done.number))


@group.command(
    "depart",
    help=_("Let a sheet leave: its goods go out of stock, its orders know, its customers are to be told."),
    epilog=example("ordersdesk routes depart RS20261123-0001 --driver 郝师傅 --vehicle 沪A12345"),
)
def depart(
    ctx: typer.Context,
    number: Sheet,
    vehicle: Vehicle = "",
    driver: Driver = "",
    other_day: Annotated[str, typer.Option(metavar="WHY", help=_("Why it leaves on another day than its own."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet
    from ordersdesk.delivery.routes.departing_actions import depart as leave

    done = leave(acting(setting_of(ctx)), number, vehicle=vehicle, driver=driver, other_day=other_day)
    if setting_of(ctx).json:
        tell_json(done)
        return
    tell_sheet(
        [
            (_("Route sheet"), done.number),
            (_("Slips"), len(done.slips)),
            (_("Pieces"), done.pieces),
            (_("Parcels"), done.parcels),
            (_("To collect"), done.expected),
            (_("To be told"), word_list(done.to_advise)),
        ]
    )


@group.command(
    "list",
    help=_("List route sheets that are not back; with --day or --state others too."),
    epilog=example("ordersdesk routes list", "ordersdesk routes list --day 2026-11-23"),
)
def listed(
    ctx: typer.Context,
    day: Annotated[str, typer.Option(metavar="DAY", help=_("All sheets of a day."))] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help=_("made, departed, back or void."))] = "",
    route: Annotated[str, typer.Option(metavar="ROUTE", help=_("Only this route."))] = "",
    limit: AtMost = 200,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.model.flow import ROUTE_FLOW
    from ordersdesk.delivery.routes.queries import OPEN, sheets

    one_of("--state", state, ROUTE_FLOW.states)
    on = day_of(day) if day else None
    states = (state,) if state else (() if on else OPEN)
    rows = sheets(acting(setting_of(ctx)), state=states, day=on, route=route, limit=limit)
    if setting_of(ctx).json:
        tell_json(rows)
        return
    heads = [pgettext("document", "Number"), _("State"), _("Route"), _("Day"), _("Wave"), _("Vehicle"), _("Driver"),
             _("Slips"), _("Not back"), _("Pieces"), _("Parcels"), _("To collect"), _("Handed in")]  # fmt: skip
    cells = (
        (r.number, _(ROUTE_FLOW.states[r.state]), r.route, r.day, r.wave, r.vehicle, r.driver, r.slips, r.open,
         r.pieces, r.parcels, r.expected, r.handed_in)
        for r in rows
    )  # fmt: skip
    tell_table(heads, cells, empty=_("There is no such route sheet."))


@group.command(
    "show",
    help=_("Show a route sheet with its stops."),
    epilog=example("ordersdesk routes show RS20261123-0001"),
)
def show(ctx: typer.Context, number: Sheet) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.cli.routes.telling_routes import tell_route
    from ordersdesk.delivery.routes.queries import sheet

    desk = acting(setting_of(ctx))
    found = sheet(desk, number)
    if setting_of(ctx).json:
        tell_json({**vars(found.head), "slips": found.slips, "to_collect": found.to_collect,
                   "collected": found.collected})  # fmt: skip
    else:
        tell_route(desk, found)


def _tell(ctx: typer.Context, done: Loaded) -> None:
    from ordersdesk.cli.kit.telling import tell_json

    if setting_of(ctx).json:
        tell_json(done)
    else:
        _say(done)


def _say(done: Loaded) -> None:
    from ordersdesk.cli.kit.telling import say

    slips = word_list(done.slips) or _("nothing on it")
    say(_("{number} {route}: {slips}").format(number=done.number, route=done.route, slips=slips))
    for warning in done.warnings:
        say(warning)


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="routes")
