"""Users as rows of a list, and what is asked about them (USR-7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import GROUPS, ROLE_NAMES
from ordersdesk.foundation.texts.language import LANGUAGES, N_, NP_, _, word_list
from ordersdesk.people import rules
from ordersdesk.people.queries import Account, accounts
from screens.forms.form_field import Choice, FormField, Kind
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("Login"), 14),
    Column(NP_("person", "Name"), 14),
    Column(N_("Roles"), least=16),
    Column(N_("Group"), 16, drop=1),
    Column(N_("State"), 10),
)
NONE = "none"
GROUP_CHOICES = (Choice(NONE, N_("no group")), *(Choice(value, label) for value, label in GROUPS.items()))
LANGUAGE_CHOICES = tuple(Choice(value, label) for value, label in LANGUAGES.items())

LOGIN = FormField("login", N_("Login"), required=True, rule="USR-1", help=N_("Small letters, digits, dots and dashes."))
NAME = FormField("name", NP_("person", "Name"), required=True, rule="USR-7", help=N_("The name callers hear."))
GROUP = FormField("group", N_("Group"), kind=Kind.CHOICE, choices=GROUP_CHOICES, default=NONE)
LANGUAGE = FormField("language", N_("Language"), kind=Kind.CHOICE, choices=LANGUAGE_CHOICES, default="zh_CN")
OLD = FormField("old", N_("Your password now"), required=True, kind=Kind.SECRET, rule="USR-6")
PASSWORD = FormField("password", N_("New password"), required=True, kind=Kind.SECRET, rule="USR-6")
TO = FormField("to", N_("Who takes over"), help=N_("Login of who gets their calls, orders, notices and customers."))
REASON = FormField("reason", N_("Reason"))


def roles_field(default: str = "agent") -> FormField:
    """Return the field for roles; a wrong word is said at once, with all there are."""
    about = N_("Names with spaces between, such as: agent leader")
    return FormField("roles", N_("Roles"), required=True, rule="USR-1", help=about, check=_known, default=default)


def _known(text: str) -> str:
    return word_list(_(ROLE_NAMES[role]) for role in rules.checked_roles(apart(text))) if text.strip() else ""


def apart(text: str) -> list[str]:
    """Return the roles somebody typed."""
    return text.replace(",", " ").replace("，", " ").replace("、", " ").split()


def chosen(group: str) -> str:
    """Return the group that was chosen, empty for none."""
    return "" if group == NONE else group


def read(desk: Desk) -> list[Row]:
    """Read all users, those who left last."""
    return [_row(desk, one) for one in sorted(accounts(desk), key=lambda one: (not one.is_active, one.login))]


def _row(desk: Desk, one: Account) -> Row:
    is_locked = rules.is_locked(one.locked_until, desk)
    state = N_("dismissed") if not one.is_active else N_("locked") if is_locked else N_("active")
    group = _(GROUPS[one.group]) if one.group in GROUPS else ""
    cells: Sequence[Any] = (one.login, one.name, said_roles(one), group, _(state))
    return Row(one.login, cells, tone="muted" if not one.is_active else "warn" if is_locked else "", data=one)


def said_roles(one: Account) -> str:
    """Return somebody's roles in words."""
    return word_list(_(ROLE_NAMES.get(role, role)) for role in one.roles)
