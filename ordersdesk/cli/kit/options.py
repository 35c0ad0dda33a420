"""What the commands' option lists share: the common options' help, examples, and reading days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import cast

import typer

from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.texts import shown


class Languages(StrEnum):
    """The languages the desk speaks."""

    EN = "en"
    ZH_CN = "zh_CN"


def common_help(name: str) -> str:
    """Return the help of a common option; they may stand before or after the command."""
    return {
        "--home": _("Where the desk keeps its files; ORDERSDESK_HOME."),
        "--db": _("Its database: sqlite:///FILE or postgresql://…; ORDERSDESK_DB."),
        "--user": _("Who acts; ORDERSDESK_USER. Signed in by ordersdesk login, or with a password."),
        "--lang": _("Language; ORDERSDESK_LANG, else the terminal's."),
        "--json": _("Print for programs; also refusals."),
        "--verbose": _("Tell on stderr what goes into the log."),
        "--version": _("Show the version and exit."),
        "--password-stdin": _("Read the password of --user from stdin; or ORDERSDESK_PASSWORD."),
    }[name]


def example(*commands: str) -> str:
    """Return the examples at the end of a help page."""
    return "\n\n".join([_("Example:"), *commands])


def setting_of(ctx: typer.Context) -> Setting:
    """Return what the common options said."""
    return cast(Setting, ctx.obj)


def one_of(option: str, text: str, known: Iterable[str]) -> None:
    """Refuse as wrongly called what is none of the words an option takes."""
    words = list(known)
    if text and text not in words:
        raise typer.BadParameter(
            _("“{text}” is none of: {choices}").format(text=shown(text[:40]), choices=word_list(words)),
            param_hint=option,
        )


def day(text: str) -> date:
    """Read a day an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            _("“{text}” is no day; write it like 2026-11-23.").format(text=shown(text[:40]))
        ) from error
