"""`users add`, `users list`, `users passwd`: who may sit at the desk."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from ordersdesk.cli.helping import Commands
from ordersdesk.cli.options import Languages, example, setting_of
from ordersdesk.foundation.language import _

Login = Annotated[str, typer.Argument(metavar="LOGIN", help=_("Small letters, digits, dots and dashes."))]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help=_("Read the password from stdin."))]


def add(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option(help=_("The name callers hear."))] = "",
    role: Annotated[
        list[str] | None,
        typer.Option("--role", "--roles", help=_("A role; several with commas, or several times; default agent.")),
    ] = None,
    language: Annotated[Languages, typer.Option(help=_("The language of their screens."))] = Languages.ZH_CN,
    password_stdin: FromStdin = False,
) -> None:
    from ordersdesk.cli.opening import acting
    from ordersdesk.cli.passwords import password_for
    from ordersdesk.cli.telling import say, tell_json
    from ordersdesk.people import actions

    setting, roles = setting_of(ctx), _apart(role or []) or ["agent"]
    desk = acting(setting)
    password = password_for(login, from_stdin=password_stdin)
    actions.add_user(desk, login=login, name=name, roles=roles, password=password, language=language.value)
    if setting.json:
        tell_json({"added": login, "roles": roles})
    else:
        say(_("{user} may sign in as: {roles}.").format(user=login, roles=", ".join(roles)))


def _apart(said: list[str]) -> list[str]:
    """Return the roles of all options, each once."""
    words = (word.strip() for text in said for word in re.split("[,，、]", text))
    return list(dict.fromkeys(filter(None, words)))


def show(ctx: typer.Context) -> None:
    from ordersdesk.cli.opening import acting
    from ordersdesk.cli.telling import tell_json, tell_table
    from ordersdesk.foundation.roles import ROLE_NAMES
    from ordersdesk.people import queries

    setting = setting_of(ctx)
    desk = acting(setting)
    accounts = queries.accounts(desk)
    if setting.json:
        secret = {"password_hash", "id"}
        tell_json([{k: v for k, v in vars(account).items() if k not in secret} for account in accounts])
        return
    tell_table(
        [_("Login"), _("Name"), _("Roles"), _("Language"), _("State")],
        (
            (
                one.login,
                one.name,
                _(", ").join(_(ROLE_NAMES[role]) for role in one.roles),
                one.language,
                _state(one, desk),
            )
            for one in accounts
        ),
    )


def _state(account: object, desk: object) -> str:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.people.queries import Account

    assert isinstance(account, Account)
    assert isinstance(desk, Desk)
    if not account.is_active:
        return _("inactive")
    return _("locked") if account.locked_until and account.locked_until > desk.now() else _("active")


def passwd(ctx: typer.Context, login: Login, password_stdin: FromStdin = False) -> None:
    from ordersdesk.cli.opening import acting
    from ordersdesk.cli.passwords import password_for
    from ordersdesk.cli.telling import say, tell_json
    from ordersdesk.people import actions

    setting = setting_of(ctx)
    desk = acting(setting)
    actions.set_password(desk, login=login, password=password_for(login, from_stdin=password_stdin))
    if setting.json:
        tell_json({"changed": login})
    else:
        say(_("{user} has a new password; a lock is lifted.").format(user=login))


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = Commands(help=_("Who may sit at the desk."), no_args_is_help=True, epilog=example("ordersdesk users list"))
    group.command(
        "add",
        help=_("Add a user; only an administrator may."),
        epilog=example("ordersdesk users add lin --name 林娜 --role agent --role leader"),
    )(add)
    group.command("list", help=_("List all users."), epilog=example("ordersdesk users list --json"))(show)
    group.command(
        "passwd",
        help=_("Give a user a new password and lift a lock."),
        epilog=example("ordersdesk users passwd lin"),
    )(passwd)
    app.add_typer(group, name="users")
