"""`routes print`, `slips letter`, `slips advice`: the papers of the road (SLP-4, SLP-8, DLV-4)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.kit.papers import On, Preview, Replace, To, issue_papers
from ordersdesk.cli.routes import routes
from ordersdesk.cli.slips.slips import group as slips
from ordersdesk.foundation.texts.language import _

Sheets = Annotated[list[str], typer.Argument(metavar="RS…", help=_("The route sheets' numbers."))]
Slips = Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))]


@routes.group.command(
    "print",
    help=_("Print route sheets, with --letters the contact letters of their urgent slips too."),
    epilog=example(
        "ordersdesk routes print RS20261123-0001",
        "ordersdesk routes print RS20261123-0001 --letters --to office",
        "ordersdesk routes print RS20261123-0001 --preview",
    ),
)
def print_sheets(
    ctx: typer.Context,
    numbers: Sheets,
    letters: Annotated[bool, typer.Option("--letters", help=_("Contact letters of urgent slips too."))] = False,
    form: On = "a4",
    to: To = "",
    replace: Replace = False,
    preview: Preview = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.form import route_of
    from ordersdesk.delivery.routes.letter_form import letter_form_of
    from ordersdesk.delivery.routes.queries import sheet

    desk = acting(setting_of(ctx))
    forms = [route_of(desk, number) for number in numbers]
    if letters:
        urgent = [slip.number for number in numbers for slip in sheet(desk, number).slips if slip.urgent]
        forms += [letter_form_of(desk, number) for number in urgent]
    issue_papers(ctx, forms, form, to, replace=replace, preview=preview)


@slips.command(
    "letter",
    help=_("Print the contact letters of urgent slips."),
    epilog=example("ordersdesk slips letter SL20261123-0001 --to letter.pdf"),
)
def print_letters(
    ctx: typer.Context,
    numbers: Slips,
    form: On = "a4",
    to: To = "",
    replace: Replace = False,
    preview: Preview = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.routes.letter_form import letter_form_of

    desk = acting(setting_of(ctx))
    issue_papers(ctx, [letter_form_of(desk, number) for number in numbers], form, to, replace=replace, preview=preview)


@slips.command(
    "advice",
    help=_("Print the shipping advice of slips that left; note that it went out with slips advise."),
    epilog=example("ordersdesk slips advice SL20261123-0001 --to advice.pdf"),
)
def print_advice(
    ctx: typer.Context,
    numbers: Slips,
    form: On = "a4",
    to: To = "",
    replace: Replace = False,
    preview: Preview = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.advice.form import advice_of

    desk = acting(setting_of(ctx))
    issue_papers(ctx, [advice_of(desk, number) for number in numbers], form, to, replace=replace, preview=preview)


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the groups `routes` and `slips`."""
