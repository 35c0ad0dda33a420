"""`init`, `desk`, `demo`, `call`: making a desk, sitting down at it, being rung up."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _


def desk(ctx: typer.Context) -> None:
    from ordersdesk.cli.desks.running import run_desk

    raise typer.Exit(run_desk(setting_of(ctx)))


def demo(
    ctx: typer.Context,
    fresh: Annotated[bool, typer.Option("--fresh", help=_("Throw the old demo desk away first."))] = False,
) -> None:
    from ordersdesk.cli.desks.running import run_demo

    raise typer.Exit(run_demo(setting_of(ctx), fresh=fresh))


def init(
    ctx: typer.Context,
    login: Annotated[str, typer.Option(help=_("Login of the first administrator."))] = "admin",
    name: Annotated[str, typer.Option(help=_("The administrator's name."))] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=_("Read the password from stdin."))] = False,
) -> None:
    from ordersdesk.cli.desks.founding import found

    found(setting_of(ctx), login=login, name=name, from_stdin=password_stdin)


def call(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The caller's number as it was sent."))],
) -> None:
    from ordersdesk.cli.desks.ringing import ring

    ring(setting_of(ctx), number)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "demo",
        help=_("Open the desk on demo data, in a home of its own; nothing else is touched."),
        epilog=example("ordersdesk demo", "ordersdesk demo --fresh"),
    )(demo)
    app.command(
        "init",
        help=_("Make a desk: home, database, first administrator. Again it changes nothing."),
        epilog=example("ordersdesk init --login mei --name 梅兰", "pass show desk | ordersdesk init --password-stdin"),
    )(init)
    app.command("desk", help=_("Sit down at the desk and take orders."), epilog=example("ordersdesk desk"))(desk)
    app.command(
        "call",
        help=_("Show a caller on the running desk; a softphone or PBX runs it at every ring."),
        epilog=example("ordersdesk call 13800138000 --user lin"),
    )(call)
