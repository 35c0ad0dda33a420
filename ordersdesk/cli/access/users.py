"""`users`: who may sit at the desk, with which roles, in which group, and who does not any more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import Languages, example, setting_of
from ordersdesk.foundation.texts.language import _, clause_list, labelled, pgettext, word_list

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.people.queries import Account

Login = Annotated[str, typer.Argument(metavar="LOGIN", help=_("Small letters, digits, dots and dashes."))]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help=_("Read the new password from stdin."))]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", "--roles", help=_("A role; several with commas, or several times.")),
]
GroupName = Annotated[str, typer.Option("--group", metavar="GROUP", help=_("Their group of the centre, if any."))]


def add(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option(help=_("The name callers hear."))] = "",
    role: Roles = None,
    group: GroupName = "",
    language: Annotated[Languages, typer.Option(help=_("The language of their screens."))] = Languages.ZH_CN,
    password_stdin: FromStdin = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.passwords import new_password
    from ordersdesk.people import actions

    desk, roles = acting(setting_of(ctx)), apart(role or []) or ["agent"]
    password = new_password(login, from_stdin=password_stdin)
    actions.add_user(desk, login=login, name=name, roles=roles, password=password, language=language.value, group=group)
    told = _("{user} may sign in as: {roles}.").format(user=login, roles=word_list(roles))
    _tell(ctx, told, added=login, roles=roles)


def apart(said: list[str]) -> list[str]:
    """Return the roles of all options, each once."""
    words = (word.strip() for text in said for word in re.split("[,，、]", text))
    return list(dict.fromkeys(filter(None, words)))


def show(ctx: typer.Context) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.foundation.policy.roles import GROUPS, ROLE_NAMES
    from ordersdesk.people import queries

    setting = setting_of(ctx)
    desk = acting(setting)
    accounts = queries.accounts(desk)
    if setting.json:
        secret = {"password_hash", "id", "credentials"}
        tell_json([{k: v for k, v in vars(account).items() if k not in secret} for account in accounts])
        return
    tell_table(
        [_("Login"), pgettext("person", "Name"), _("Roles"), _("Group"), _("Language"), _("State")],
        (
            (
                one.login,
                one.name,
                word_list(_(ROLE_NAMES[role]) for role in one.roles),
                _(GROUPS.get(one.group, "")) if one.group else "",
                one.language,
                _state(one, desk),
            )
            for one in accounts
        ),
    )


def story(ctx: typer.Context, login: Login) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.people.names import person
    from ordersdesk.people.queries import story_of

    setting = setting_of(ctx)
    desk = acting(setting)
    rows = story_of(desk, login)
    if setting.json:
        tell_json(rows)
        return
    tell_table(
        [_("When"), pgettext("actor", "Who"), _("What"), _("Note"), _("Details")],
        (
            (row.at.astimezone(desk.zone), person(desk, row.by), row.verb, row.note, _details(row.details))
            for row in rows
        ),
    )


def _details(details: Mapping[str, Any]) -> str:
    """Write what changed: `roles: agent → agent, leader`."""
    return clause_list(labelled(name, _change(value)) for name, value in details.items())


def _change(value: Any) -> str:
    match value:
        case [before, after]:
            return f"{_plain(before)} → {_plain(after)}"
        case one:
            return _plain(one)


def _plain(value: Any) -> str:
    return word_list(map(str, cast("list[object]", value))) if isinstance(value, list) else str(value)


def _state(account: Account, desk: Desk) -> str:
    from ordersdesk.people.rules import is_locked

    if not account.is_active:
        return _("dismissed")
    return _("locked") if is_locked(account.locked_until, desk) else _("active")


def passwd(ctx: typer.Context, login: Login, password_stdin: FromStdin = False) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.passwords import new_password, own_password
    from ordersdesk.people import actions

    desk = acting(setting_of(ctx))
    is_own = login.strip().lower() == desk.user.login
    old = own_password(login, from_stdin=password_stdin) if is_own else ""
    actions.set_password(desk, login=login, password=new_password(login, from_stdin=password_stdin), old=old)
    told = _("{user} has a new password; a lock is lifted, and whatever was signed in is signed out.")
    _tell(ctx, told.format(user=login), changed=login)


def roles(
    ctx: typer.Context,
    login: Login,
    wanted: Annotated[list[str], typer.Argument(metavar="ROLE…", help=_("All the roles they have from now on."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.people import account_actions

    now = account_actions.set_roles(acting(setting_of(ctx)), login, apart(wanted))
    _tell(ctx, _("{user} has the roles: {roles}.").format(user=login, roles=word_list(now)), user=login, roles=now)


def group(
    ctx: typer.Context,
    login: Login,
    wanted: Annotated[str, typer.Argument(metavar="GROUP", help=_("Their group from now on; “none” for none."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.foundation.policy.roles import GROUPS
    from ordersdesk.people import account_actions

    now = account_actions.set_group(acting(setting_of(ctx)), login, "" if wanted == "none" else wanted)
    told = _("{user} is in the group: {group}.") if now else _("{user} is in no group.")
    _tell(ctx, told.format(user=login, group=_(GROUPS[now]) if now else ""), user=login, group=now)


def rename(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The name callers hear."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.people import account_actions

    now = account_actions.rename(acting(setting_of(ctx)), login, name)
    _tell(ctx, _("{user} is called {name}.").format(user=login, name=now), user=login, name=now)


def revoke(ctx: typer.Context, login: Login) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.people import account_actions

    name = account_actions.end_sign_ins(acting(setting_of(ctx)), login)
    _tell(ctx, _("{name} is signed out everywhere.").format(name=name), revoked=login)


def dismiss(
    ctx: typer.Context,
    login: Login,
    to: Annotated[str, typer.Option("--to", metavar="LOGIN", help=_("Who takes over what waits for them."))] = "",
    reason: Annotated[str, typer.Option(help=_("Why, for the story."))] = "",
) -> None:
    from ordersdesk import dismissing
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json

    setting = setting_of(ctx)
    desk = acting(setting)
    done = dismissing.dismiss(desk, login, to=to, reason=reason)
    if setting.json:
        tell_json(done)
        return
    for sentence in done.sentences(desk):
        say(sentence)


def reinstate(ctx: typer.Context, login: Login, password_stdin: FromStdin = False) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.passwords import new_password
    from ordersdesk.people import account_actions

    desk = acting(setting_of(ctx))
    name = account_actions.reinstate(desk, login=login, password=new_password(login, from_stdin=password_stdin))
    _tell(ctx, _("{name} works here again, with a new password.").format(name=name), reinstated=login)


def _tell(ctx: typer.Context, sentence: str, **facts: object) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json

    if setting_of(ctx).json:
        tell_json(facts)
    else:
        say(sentence)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group_ = Commands(help=_("Who may sit at the desk."), no_args_is_help=True, epilog=example("ordersdesk users list"))
    group_.command(
        "add",
        help=_("Add a user, or a program's own account (roles telephone, timer); only an administrator may."),
        epilog=example(
            "ordersdesk users add lin --name 林娜 --role agent --group key_accounts",
            "ordersdesk users add pbx --role telephone",
        ),
    )(add)
    group_.command("list", help=_("List all users."), epilog=example("ordersdesk users list --json"))(show)
    group_.command(
        "story",
        help=_("Show what happened to a user: sign-ins, roles, dismissal, recovery; administrators only."),
        epilog=example("ordersdesk users story lin"),
    )(story)
    group_.command(
        "passwd",
        help=_("Give a user a new password, lift a lock, and end their sign-ins; for oneself the old one comes first."),
        epilog=example("ordersdesk users passwd lin"),
    )(passwd)
    group_.command(
        "roles", help=_("Give a user other roles."), epilog=example("ordersdesk users roles lin agent leader")
    )(roles)
    group_.command(
        "group",
        help=_("Put a user into a group: a team leader approves for their own."),
        epilog=example("ordersdesk users group lin small_customers", "ordersdesk users group lin none"),
    )(group)
    group_.command("rename", help=_("Give a user another name."), epilog=example("ordersdesk users rename lin 林晓"))(
        rename
    )
    group_.command(
        "revoke",
        help=_("Sign a user out at every desk and on every command line."),
        epilog=example("ordersdesk users revoke lin"),
    )(revoke)
    group_.command(
        "dismiss",
        help=_("Dismiss a user: signed out at once; what waits for them goes to somebody else."),
        epilog=example("ordersdesk users dismiss lin --to wang --reason 'moved away'"),
    )(dismiss)
    group_.command(
        "reinstate",
        help=_("Take a dismissed user on again, with a new password."),
        epilog=example("ordersdesk users reinstate lin"),
    )(reinstate)
    app.add_typer(group_, name="users")
