"""`keys`: the key table of the desk as a list, or on paper to lie beside the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.cli.kit.papers import FORMS, Replace, To, issue_papers
from ordersdesk.foundation.texts.language import N_, _, current, word_list

if TYPE_CHECKING:
    from ordersdesk.foundation.policy.policy import Policy
    from ordersdesk.printing.forms.form import Form

HEADS = (N_("Key"), N_("What it does"), N_("Where"))


def keys(
    ctx: typer.Context,
    paper: Annotated[
        str, typer.Option("--paper", metavar="FORM", help=_("Print it on: {forms}.").format(forms=word_list(FORMS)))
    ] = "",
    to: To = "",
    replace: Replace = False,
) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.foundation.policy.policy import load

    setting = setting_of(ctx)
    one_of("--paper", paper, FORMS)
    if paper:
        issue_papers(ctx, [sheet(load(setting.policy_file))], paper, to, replace=replace)
    elif setting.json:
        tell_json([dict(zip(("key", "act", "where"), row, strict=True)) for row in _rows()])
    else:
        tell_table([_(head) for head in HEADS], _rows())


def sheet(policy: Policy) -> Form:
    """Return the key table as a form, in the language being spoken."""
    from ordersdesk.printing.forms import wording
    from ordersdesk.printing.forms.form import Form

    made = Form(
        template="list",
        language=current(),
        title=_("Keys of the order desk"),
        number="keys",
        columns=wording.columns(_, zip(HEADS, (False, False, False), (2, 3, 3), strict=True)),
        rows=tuple(_rows()),
    )
    return wording.issued(made, policy)


def _rows() -> list[tuple[str, str, str]]:
    from screens.ground.keys import TABLE, key_names

    return [(key_names(key), _(key.label), _(key.where)) for key in TABLE]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "keys",
        help=_("Show the keys of the desk, or print them to lie beside the keyboard."),
        epilog=example("ordersdesk keys", "ordersdesk keys --paper a4 --to keys.pdf"),
    )(keys)
