"""`login`, `logout`, `whoami`, `recover`: who acts on this command line, and the way back in when nobody can."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.texts.language import _, pgettext, word_list
from ordersdesk.foundation.texts.refusals import Refused

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk

FromStdin = Annotated[bool, typer.Option("--password-stdin", help=_("Read the password from stdin."))]


def login(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="LOGIN", help=_("Who signs in; else --user."))] = "",
    password_stdin: FromStdin = False,
) -> None:
    from ordersdesk.cli.kit import keyring
    from ordersdesk.cli.kit.opening import opened
    from ordersdesk.cli.kit.passwords import own_password
    from ordersdesk.cli.kit.proving import place, tell_recoveries
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.machine.host import this_door
    from ordersdesk.people import token_actions
    from ordersdesk.people.actions import sign_in

    setting = setting_of(ctx)
    desk = opened(setting)
    name = _named(who or setting.user)
    password = own_password(name, from_stdin=password_stdin or setting.password_stdin)
    desk = sign_in(desk, login=name, password=password, door=this_door())
    with keyring.changing(setting) as held:
        issued = token_actions.issue(desk, place(setting))
        held.current = desk.user.login
        held.tokens[desk.user.login] = issued.secret
    tell_recoveries(desk)
    if setting.json:
        tell_json({"user": desk.user.login, "until": issued.until})
    else:
        told = _("{name} is signed in here until {time}.")
        say(told.format(name=desk.user.name, time=f"{issued.until.astimezone(desk.zone):%Y-%m-%d %H:%M}"))


def _named(said: str) -> str:
    """Return who signs in, asked for when somebody is there to answer; refused (USR-1) when not."""
    if not said and sys.stdin.isatty():
        said = input(_("User name: "))
    if not said.strip():
        raise Refused("USR-1", _("Nobody is named."), mend=_("Say who signs in: ordersdesk login LOGIN"), field="user")
    return said.strip().lower()


def logout(
    ctx: typer.Context,
    everywhere: Annotated[bool, typer.Option("--everywhere", help=_("At every desk and on every machine."))] = False,
) -> None:
    from ordersdesk.cli.kit import keyring
    from ordersdesk.cli.kit.opening import opened
    from ordersdesk.cli.kit.proving import place, prove
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.people import account_actions, token_actions

    setting = setting_of(ctx)
    desk = prove(opened(setting), setting).desk
    with keyring.changing(setting) as held:
        secret = held.tokens.pop(desk.user.login, "")
        held.current = "" if held.current == desk.user.login else held.current
        token_actions.end(desk, secret, place(setting))
    if everywhere:
        account_actions.end_sign_ins(desk, desk.user.login)
    if setting.json:
        tell_json({"user": desk.user.login, "everywhere": everywhere})
    else:
        said = _("{name} is signed out everywhere.") if everywhere else _("{name} is signed out here.")
        say(said.format(name=desk.user.name))


def whoami(ctx: typer.Context) -> None:
    from ordersdesk.cli.kit.opening import opened
    from ordersdesk.cli.kit.proving import prove
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet
    from ordersdesk.foundation.policy.roles import GROUPS, ROLE_NAMES

    setting = setting_of(ctx)
    found = prove(opened(setting), setting)
    user, zone = found.desk.user, found.desk.zone
    if setting.json:
        known = {"user": user.login, "name": user.name, "roles": user.roles, "group": user.group}
        tell_json({**known, "how": found.how, "until": found.until})
        return
    ways = {"password": _("password"), "token": _("signed in"), "open": _("open demo desk")}
    tell_sheet(
        [
            (_("Login"), user.login),
            (pgettext("person", "Name"), user.name),
            (_("Roles"), word_list(sorted(_(ROLE_NAMES[role]) for role in user.roles))),
            (_("Group"), _(GROUPS[user.group]) if user.group else ""),
            (_("Proven by"), ways[found.how]),
            (_("Until"), found.until.astimezone(zone) if found.until else ""),
        ]
    )


def recover(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="LOGIN", help=_("Whose account becomes the administrator's."))],
    password_stdin: FromStdin = False,
) -> None:
    from ordersdesk.cli.kit.opening import by_itself, opened
    from ordersdesk.cli.kit.passwords import new_password
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.machine.host import machine_name, machine_user
    from ordersdesk.people import account_actions

    setting = setting_of(ctx)
    desk: Desk = by_itself(opened(setting))
    _refuse_strangers_file(setting)
    password = new_password(who, from_stdin=password_stdin)
    machine, account = machine_name(), machine_user()
    name = account_actions.recover(desk, login=who, password=password, machine=machine, machine_user=account)
    if setting.json:
        tell_json({"recovered": who, "machine": machine, "machine_user": account})
    else:
        say(
            _("{name} is an administrator now. It stands in the story, and every administrator is told.").format(
                name=name
            )
        )


def _refuse_strangers_file(setting: Setting) -> None:
    """Refuse (USR-1) whoever does not own the database file; on a server its address is what only operators have."""
    file = setting.file
    if file is None or not hasattr(os, "geteuid"):
        return
    if os.geteuid() not in (0, file.stat().st_uid) or not os.access(file, os.W_OK):
        raise Refused(
            "USR-1",
            _("{file} belongs to somebody else.").format(file=file),
            mend=_("Only who owns the desk's database can do this."),
        )


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "login",
        help=_("Sign in on this machine, for the commands that follow."),
        epilog=example("ordersdesk login lin", "pass show lin | ordersdesk login lin --password-stdin"),
    )(login)
    app.command(
        "logout",
        help=_("Sign out on this machine, or everywhere."),
        epilog=example("ordersdesk logout", "ordersdesk logout --everywhere"),
    )(logout)
    app.command("whoami", help=_("Say who acts, and how that is proven."), epilog=example("ordersdesk whoami"))(whoami)
    app.command(
        "recover",
        help=_("Nobody can sign in as administrator: let the owner of the database in. Every administrator is told."),
        epilog=example("ordersdesk recover mei"),
    )(recover)
