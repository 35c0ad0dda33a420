"""Groups of commands that are made from kinds of documents: the name of each, its kind, and what its help says."""

from __future__ import annotations

import typer

from ordersdesk.cli.kit.kinds import commands_of
from ordersdesk.foundation.texts.language import _

TROUBLE = _("Trouble on the road: what came late, damaged or not at all, whom we told, and the claim.")
GROUPS = (("trouble", "exception", TROUBLE),)


def add_to(app: typer.Typer) -> None:
    """Hang the groups into the application."""
    for name, kind, said in GROUPS:
        app.add_typer(commands_of(kind, name=name, help=said), name=name)
