"""Sign-in rules as plain functions: what a login and a password must be, and when an account is locked (USR-6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}\Z")


def checked_login(login: str) -> str:
    """Return the login in lower case; refused (USR-1) when it is none."""
    lower = login.strip().lower()
    if not LOGIN.match(lower):
        raise Refused(
            "USR-1",
            _("“{login}” is no user name.").format(login=login[:40]),
            mend=_("Use up to 32 small letters, digits, dots or dashes."),
            field="login",
        )
    return lower


def checked_password(password: str, *, shortest: int) -> str:
    """Return the password; refused (USR-6) when it is too short or absurdly long."""
    if not shortest <= len(password) <= 200:
        raise Refused(
            "USR-6",
            _("The password has {length} characters.").format(length=len(password)),
            mend=_("Use at least {shortest} and at most 200.").format(shortest=shortest),
            field="password",
        )
    return password


def checked_roles(roles: Iterable[str]) -> list[str]:
    """Return the roles sorted; refused (USR-1) when one is unknown or there is none."""
    wanted = sorted({role.strip() for role in roles if role.strip()})
    unknown = [role for role in wanted if role not in set(Role)]
    if unknown or not wanted:
        raise Refused(
            "USR-1",
            _("Unknown role: {roles}.").format(roles=", ".join(unknown) or "–"),
            mend=_("Known are: {roles}.").format(roles=", ".join(Role)),
            field="roles",
        )
    return wanted


def refuse_locked(locked_until: datetime | None, now: datetime) -> None:
    """Refuse (USR-6) while an account is locked after too many failures; says for how many minutes."""
    if locked_until is not None and now < locked_until:
        minutes = -(-int((locked_until - now).total_seconds()) // 60)
        raise Refused(
            "USR-6",
            _("This account is locked after too many wrong passwords."),
            mend=_("Try again in {minutes} min or ask an administrator.").format(minutes=minutes),
            field="login",
        )
