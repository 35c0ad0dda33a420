"""`check`, `backup`, `restore`, `db upgrade`: looking after the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.machine import log
from ordersdesk.foundation.texts.language import _, ngettext

if TYPE_CHECKING:
    from ordersdesk.check import Checked
    from ordersdesk.foundation.desk import Desk


def check(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help=_("Set right what can be; administrators only."))] = False,
) -> None:
    from ordersdesk.check import check as prove
    from ordersdesk.check import check_file
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import progress, tell_json
    from ordersdesk.foundation.policy.roles import Role
    from ordersdesk.foundation.store.database import Database
    from ordersdesk.foundation.texts.refusals import Outage

    setting = setting_of(ctx)
    try:
        desk = acting(setting, Role.TIMER)
        with progress(_("checking")) as step:
            results = prove(desk, fix=fix, step=step)
    except Outage as gone:
        if gone.passes or fix:
            raise
        results = check_file(Database(setting.url))
    log.note("checked", checks=len(results), faults=sum(len(result.faults) for result in results))
    if setting.json:
        tell_json({"ok": not any(result.faults for result in results), "checks": results})
    else:
        _tell(results)
    if any(result.faults for result in results):
        raise typer.Exit(1)


def _tell(results: list[Checked]) -> None:
    from ordersdesk.cli.frame.refusing import under
    from ordersdesk.cli.kit.telling import say, tell_table

    tell_table([_("Check"), _("Faults"), _("Mended")], ((_(r.name), len(r.faults), r.mended or "") for r in results))
    for result in results:
        for fault in result.faults[:20]:
            say(under(fault.rule, fault.what))
        if len(result.faults) > 20:
            say(_("… and {count} more; --json names all.").format(count=len(result.faults) - 20))


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where the backup goes."))],
    replace: Annotated[bool, typer.Option("--replace", help=_("Over an older backup of this name."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.places import refuse_place
    from ordersdesk.cli.kit.telling import progress, say, tell_json
    from ordersdesk.foundation.policy.roles import Role
    from ordersdesk.foundation.store.backup import back_up

    setting = setting_of(ctx)
    desk = acting(setting, Role.TIMER)
    desk.needs(Role.ADMIN, Role.TIMER, doing=_("back up the database"))
    refuse_place(file, rule="DB-4", replace=replace)
    with progress(_("backing up")) as step:
        size = back_up(desk.database, file, replace=replace, step=step)
    log.note("backup made", bytes=size)
    if setting.json:
        tell_json({"file": str(file), "bytes": size})
    else:
        say(_("{file} holds everything and was proved readable: {size} kB.").format(file=file, size=size // 1024))


def _renew_terms(desk: Desk) -> int:
    """Make the search terms anew that an older program made otherwise, and return how many things had other ones.

    A million customers take some minutes.
    """
    from ordersdesk.catalogue.pages import repair_actions as catalogue
    from ordersdesk.cli.kit.telling import progress
    from ordersdesk.customers.records import repair_actions as customers

    renewed = 0
    with progress(_("search terms")) as step:
        for done, repair in enumerate((catalogue.repair_terms, customers.repair_terms), start=1):
            renewed += repair(desk)
            step(done, 2)
    return renewed


def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup."))]) -> None:
    from ordersdesk.cli.desks.founding import restored
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.store.schema import HEAD

    setting = setting_of(ctx)
    schema, results = restored(setting, file)
    sound = not any(result.faults for result in results)
    log.note("backup restored", schema=schema, faults=sum(len(result.faults) for result in results))
    if setting.json:
        tell_json({"home": str(setting.home), "schema": schema, "ok": sound if results else None, "checks": results})
    elif schema != HEAD:
        say(_("The desk is in {home} again, with the older schema {schema}.").format(home=setting.home, schema=schema))
        say(_("Run `ordersdesk db upgrade`, then `ordersdesk check`."))
    elif sound:
        say(
            _("The desk is in {home} again and was proved: {count} checks.").format(
                home=setting.home, count=len(results)
            )
        )
        say(_("Its policy.toml and forms are files of their own: copy them into the home as well."))
    else:
        _tell(results)
    if not sound:
        raise typer.Exit(1)


def upgrade(ctx: typer.Context) -> None:
    from ordersdesk.cli.kit.opening import at_work, by_itself
    from ordersdesk.cli.kit.setting import refuse_missing
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.migrations import upgrade as climb
    from ordersdesk.foundation.store.database import Database
    from ordersdesk.foundation.store.schema import HEAD, version

    setting = setting_of(ctx)
    refuse_missing(setting)
    database = Database(setting.url)
    before = version(database)
    climbed = climb(database)
    if climbed:
        log.note("database upgraded", schema=HEAD)
    # Also where nothing is to climb: a climb that was killed had its schema already, and the old terms still.
    renewed = _renew_terms(by_itself(at_work(setting, database)))
    if setting.json:
        tell_json({"from": before, "to": HEAD, "changed": climbed or renewed > 0})
    elif climbed:
        say(_("The database has now schema {schema}.").format(schema=HEAD))
    elif renewed:
        say(
            ngettext(
                "The search terms of {count} customer or item were made anew.",
                "The search terms of {count} customers and items were made anew.",
                renewed,
            ).format(count=renewed)
        )
    else:
        say(_("The database has schema {schema} already; nothing was changed.").format(schema=HEAD))


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "check",
        help=_("Prove stock, numbers, sums, timelines and search terms; exit code 1 when something is wrong."),
        epilog=example("ordersdesk check", "ordersdesk check --fix"),
    )(check)
    app.command(
        "backup",
        help=_("Copy the database while everybody works on, and prove the copy readable."),
        epilog=example("ordersdesk backup desk-2026-11-23.db"),
    )(backup)
    app.command(
        "restore",
        help=_("Make a desk of a backup, in an empty home or database, and prove it."),
        epilog=example(
            "ordersdesk --home DIR restore desk-2026-11-23.db",
            "ordersdesk --db postgresql://desk@server/empty restore shop.dump",
        ),
    )(restore)
    group = Commands(help=_("The database."), no_args_is_help=True, epilog=example("ordersdesk db upgrade"))
    group.command(
        "upgrade",
        help=_("Bring the database to the schema of this program; make a backup first."),
        epilog=example("ordersdesk backup before.db && ordersdesk db upgrade"),
    )(upgrade)
    app.add_typer(group, name="db")
