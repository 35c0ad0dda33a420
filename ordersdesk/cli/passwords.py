"""Where a password comes from: stdin, the environment, or a prompt when somebody is there to answer."""

from __future__ import annotations

import getpass
import os
import sys

from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused

VARIABLE = "ORDERSDESK_PASSWORD"


def password_for(login: str, *, from_stdin: bool) -> str:
    """Return the password to set; refused (USR-6) when there is none and nobody to ask."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise Refused(
            "USR-6",
            _("There is no password for {user}, and nobody to ask.").format(user=login),
            mend=_("Use --password-stdin or the variable {variable}.").format(variable=VARIABLE),
            field="password",
        )
    return _asked(login)


def _asked(login: str) -> str:
    first = getpass.getpass(_("Password for {user}: ").format(user=login))
    if getpass.getpass(_("Once more: ")) != first:
        raise Refused("USR-6", _("The two are not the same."), mend=_("Run the command again."), field="password")
    return first
