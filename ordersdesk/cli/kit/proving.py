"""Who acts: proven by a password, by a token of an earlier sign-in, or taken at their word in an open demo (USR-1)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime

from ordersdesk.cli.kit import keyring
from ordersdesk.cli.kit.passwords import VARIABLE, line_of_stdin
from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.machine.host import machine_name, this_door
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused, SignedOut
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.people import queries, rules, token_actions
from ordersdesk.people.actions import recoveries_to_tell, sign_in
from ordersdesk.people.token_actions import Place


@dataclass(frozen=True)
class Proven:
    """A desk with somebody proven at it: how, and until when a token is good."""

    desk: Desk
    how: str
    until: datetime | None = None


def place(setting: Setting) -> Place:
    """Return where this command runs, as tokens are bound to it."""
    return Place(keyring.fingerprint(setting), machine_name(), this_door())


def prove(desk: Desk, setting: Setting) -> Proven:
    """Return the desk with whoever acts; refused (USR-1) when nobody is proven, (USR-6, 7) when they are kept out."""
    login = setting.user.strip().lower()
    if setting.password_stdin or (login and VARIABLE in os.environ):
        return Proven(_by_password(desk, setting, login), "password")
    secret = keyring.kept(setting).token(login)
    try:
        if secret:
            return Proven(*_by_token(desk, setting, secret))
    except SignedOut:
        if not _is_open(desk, login):
            raise
    if _is_open(desk, login):
        print(_("This demo desk is open: nobody proves who they are."), file=sys.stderr)
        return Proven(_at_their_word(desk, login), "open")
    raise Refused(
        "USR-1",
        _("{login} is not signed in here.").format(login=login[:40]) if login else _("Nobody is signed in here."),
        mend=_("Sign in: ordersdesk login LOGIN. Scripts: ORDERSDESK_USER with ORDERSDESK_PASSWORD."),
        field="user",
    )


def _by_password(desk: Desk, setting: Setting, login: str) -> Desk:
    if not login:
        raise Refused(
            "USR-1", _("There is a password, and no name."), mend=_("Name who acts with --user LOGIN."), field="user"
        )
    password = line_of_stdin() if setting.password_stdin else os.environ[VARIABLE]
    return sign_in(desk, login=login, password=password, door=this_door())


def _by_token(desk: Desk, setting: Setting, secret: str) -> tuple[Desk, str, datetime]:
    signed_in, until = token_actions.holder(desk, secret, place(setting))
    return signed_in, "token", until


def _is_open(desk: Desk, login: str) -> bool:
    with desk.reading() as session:
        found = queries.account(session, login) if login else None
    return found is not None and found.is_open and found.is_active


def _at_their_word(desk: Desk, login: str) -> Desk:
    with desk.reading() as session:
        found = queries.account(session, login)
        locked = queries.locked_at(desk, session, found, this_door()) if found else None
    if found is None:
        raise rules.unknown(login)
    rules.refuse_locked(locked, desk)
    return desk.signed_in(found.actor())


def tell_recoveries(desk: Desk) -> None:
    """Tell an administrator who came in by the database since they signed in last."""
    for one in recoveries_to_tell(desk):
        print(shown(one.sentence(desk.zone)), file=sys.stderr)
