"""Rules of users as plain functions: what a login, a password, roles and a group must be, and who is kept out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import GROUPS, MACHINES, Role
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused, SignedOut

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}\Z")
LONGEST_LOCK = timedelta(days=1)  # however many wrong passwords came
RESERVED = ("system",)  # in stories: the program itself


def checked_login(login: str) -> str:
    """Return the login in lower case; refused (USR-1) when it is none."""
    lower = login.strip().lower()
    if not LOGIN.match(lower) or lower in RESERVED:
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
    """Return the roles sorted; refused (USR-1) when one is unknown, there is none, or a machine's is mixed in."""
    wanted = sorted({role.strip() for role in roles if role.strip()})
    unknown = [role for role in wanted if role not in set(Role)]
    if unknown or not wanted:
        raise Refused(
            "USR-1",
            _("Unknown role: {roles}.").format(roles=word_list(unknown) or "–"),
            mend=_("Known are: {roles}.").format(roles=word_list(Role)),
            field="roles",
        )
    if MACHINES.intersection(wanted) and not MACHINES.issuperset(wanted):
        raise Refused(
            "USR-1",
            _("An account of a program has no role of a person beside it."),
            mend=_("Make an account of its own for each program."),
            field="roles",
        )
    return wanted


def checked_group(group: str) -> str:
    """Return the group, empty for none; refused (USR-7) when it is unknown."""
    wanted = group.strip().lower()
    if wanted and wanted not in GROUPS:
        raise Refused(
            "USR-7",
            _("Unknown group: {group}.").format(group=group[:40]),
            mend=_("Known are: {groups}.").format(groups=word_list(GROUPS)),
            field="group",
        )
    return wanted


def is_locked(locked_until: datetime | None, desk: Desk) -> bool:
    """Tell whether an account is locked somewhere after too many failures (USR-6); a clock that jumped locks nobody."""
    return locked_until is not None and desk.now() < locked_until <= desk.now() + LONGEST_LOCK


def locked_until(failures: Sequence[datetime], desk: Desk) -> datetime | None:
    """Return until when wrong passwords at one door, the newest first, lock an account there (USR-6).

    As many as the policy says lock it for its minutes, as many again for twice as long, and so on up to a day.
    """
    users = desk.policy.users
    rounds = len(failures) // users.failures
    if not rounds:
        return None
    wait = min(timedelta(minutes=users.lock_minutes) * 2 ** min(rounds - 1, 10), LONGEST_LOCK)
    until = failures[len(failures) - rounds * users.failures] + wait
    return until if is_locked(until, desk) else None


def refuse_locked(until: datetime | None, desk: Desk) -> None:
    """Refuse (USR-6) while an account is locked after too many failures; says for how many minutes."""
    if until is not None:
        minutes = -(-int((until - desk.now()).total_seconds()) // 60)
        raise Refused(
            "USR-6",
            _("This account is locked after too many wrong passwords."),
            mend=_("Try again in {minutes} min or ask an administrator.").format(minutes=minutes),
            field="login",
        )


def unknown(login: str, *, field: str = "login") -> Refused:
    """Build the refusal (USR-1) of a login nobody has."""
    return Refused(
        "USR-1",
        _("There is no user “{login}”.").format(login=login[:40]),
        mend=_("Choose another name."),
        field=field,
    )


def nobody() -> SignedOut:
    """Build the refusal (USR-1) of an act by nobody."""
    return SignedOut("USR-1", _("Nobody is signed in."), mend=_("Sign in first."), field="user")


def for_programs(login: str) -> Refused:
    """Build the refusal (USR-2) of a program's account where only people come in."""
    return Refused(
        "USR-2",
        _("{login} is the account of a program: this is not what it is for.").format(login=login),
        mend=_("Let a person do it."),
        field="user",
    )


def signed_out(name: str, *, is_active: bool) -> SignedOut:
    """Build the refusal of an act by somebody who is dismissed (USR-7) or whose sign-ins were ended (USR-1)."""
    if is_active:
        return SignedOut(
            "USR-1",
            _("{name} was signed out here: there is a new password, or all sign-ins were ended.").format(name=name),
            mend=_("Sign in again."),
            field="user",
        )
    message = _("{name} does not work here any more.").format(name=name)
    return SignedOut("USR-7", message, mend=_("An administrator may take them on again."), field="user")


def token_hash(secret: str, place: str) -> str:
    """Return what is stored of a token: bound to its place, and useless to whoever reads the database."""
    return hashlib.sha256(f"{place}\n{secret}".encode()).hexdigest()
