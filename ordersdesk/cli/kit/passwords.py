"""Where a password comes from: stdin, the environment, or a prompt when somebody is there to answer."""

from __future__ import annotations

import getpass
import os
import sys

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

VARIABLE = "ORDERSDESK_PASSWORD"  # of whoever acts
NEW = "ORDERSDESK_NEW_PASSWORD"  # of a user who gets one


def line_of_stdin() -> str:
    """Return a password written to stdin, without the end of its line."""
    return sys.stdin.readline().rstrip("\r\n")


def own_password(login: str, *, from_stdin: bool) -> str:
    """Return the password of somebody who signs in; refused (USR-6) when there is none and nobody to ask."""
    found = _password(login, VARIABLE, from_stdin=from_stdin)
    return getpass.getpass(_prompt(login)) if found is None else found


def new_password(login: str, *, from_stdin: bool, variable: str = NEW) -> str:
    """Return a password to set, asked for twice; refused (USR-6) when there is none and nobody to ask."""
    found = _password(login, variable, from_stdin=from_stdin)
    if found is not None:
        return found
    first = getpass.getpass(_prompt(login))
    if getpass.getpass(_("Once more: ")) != first:
        raise Refused("USR-6", _("The two are not the same."), mend=_("Run the command again."), field="password")
    return first


def _password(login: str, variable: str, *, from_stdin: bool) -> str | None:
    if from_stdin:
        return line_of_stdin()
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Refused(
            "USR-6",
            _("There is no password for {user}, and nobody to ask.").format(user=login),
            mend=_("Use --password-stdin or the variable {variable}.").format(variable=variable),
            field="password",
        )
    return None


def _prompt(login: str) -> str:
    return _("Password for {user}: ").format(user=login)
