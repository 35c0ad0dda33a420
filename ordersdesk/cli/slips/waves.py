"""`waves`: what is still to come into the waves of a day, and how far their slips are (JOY-2)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _


def waves(
    ctx: typer.Context,
    day: Annotated[str, typer.Option(metavar="DAY", help=_("Another day than that of the next wave."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.model.flow import SLIP_FLOW
    from ordersdesk.delivery.model.queries import waves as waves_of
    from ordersdesk.delivery.model.wave_rules import the_next

    setting = setting_of(ctx)
    desk = acting(setting)
    found = waves_of(desk, day_of(day) if day else the_next(desk).day)
    if setting.json:
        tell_json(found)
        return
    states = list(SLIP_FLOW.states)
    heads = [_("Day"), _("Wave"), _("Kind"), _("Minutes left"), _("Orders to come"), _("Urgent"),
             _("First wanted by"), _("Too late")]  # fmt: skip
    rows = (
        (row.day, row.wave, _("urgent car") if row.is_car else _("departure"), max(0, row.minutes_left), row.orders,
         row.urgent, row.latest, row.too_late or "", *(row.slips.get(state, 0) for state in states))
        for row in found
    )  # fmt: skip
    tell_table([*heads, *(_(SLIP_FLOW.states[state]) for state in states)], rows)


def add_to(app: typer.Typer) -> None:
    """Give the application the command."""
    app.command(
        "waves",
        help=_("Show the waves of a day: orders to come, slips by state, minutes left."),
        epilog=example("ordersdesk waves", "ordersdesk waves --day 2026-11-24"),
    )(waves)
