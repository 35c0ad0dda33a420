"""`clock`: the clock of this machine against the newest entry of the book (DB-8)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _


def clock(
    ctx: typer.Context,
    confirm: Annotated[
        bool, typer.Option("--confirm", help=_("Say that the clock is right after it jumped; administrators only."))
    ] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.people.clock_actions import clocks, confirm_clock

    setting = setting_of(ctx)
    desk = acting(setting)
    if confirm:
        confirm_clock(desk)
    found = clocks(desk)
    if setting.json:
        tell_json(found)
    else:
        known = f"{found.newest.astimezone(desk.zone):%Y-%m-%d %H:%M}" if found.newest else _("nothing yet")
        said = _("This machine: {now}. The newest entry of the book: {known}.")
        say(said.format(now=f"{desk.local():%Y-%m-%d %H:%M}", known=known))
        if found.server:
            say(_("The database's server: {now}.").format(now=f"{found.server.astimezone(desk.zone):%Y-%m-%d %H:%M}"))
        if found.is_wrong:
            say(_("Both cannot be true: nothing is written until the clock is set, or confirmed with --confirm."))
    if found.is_wrong:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "clock",
        help=_("Compare this machine's clock with the book, and confirm it after it jumped."),
        epilog=example("ordersdesk clock", "ordersdesk clock --confirm"),
    )(clock)
