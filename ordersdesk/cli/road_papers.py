"""`routes print`, `slips letter`, `slips advice`: the papers of the road (SLP-4, SLP-8, DLV-4)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli import routes
from ordersdesk.cli.options import example, one_of, setting_of
from ordersdesk.cli.printing import FORMS, PAPERS, Replace, To
from ordersdesk.cli.slips import group as slips
from ordersdesk.foundation.language import _

if TYPE_CHECKING:
    from ordersdesk.printing.forms import Form

Sheets = Annotated[list[str], typer.Argument(metavar="RS…", help=_("The route sheets' numbers."))]
Slips = Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))]
On = Annotated[str, typer.Option("--form", metavar="FORM", help=_("a4, a5, continuous, escp, thermal or text."))]
Preview = Annotated[bool, typer.Option("--preview", help=_("Only show them, as plain text."))]


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
    from ordersdesk.cli.opening import acting
    from ordersdesk.delivery.letter_form import letter_form_of
    from ordersdesk.delivery.route_form import route_of
    from ordersdesk.delivery.route_queries import sheet

    desk = acting(setting_of(ctx))
    forms = [route_of(desk, number) for number in numbers]
    if letters:
        urgent = [slip.number for number in numbers for slip in sheet(desk, number).slips if slip.urgent]
        forms += [letter_form_of(desk, number) for number in urgent]
    _issue(ctx, forms, form, to, replace=replace, preview=preview)


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
    from ordersdesk.cli.opening import acting
    from ordersdesk.delivery.letter_form import letter_form_of

    desk = acting(setting_of(ctx))
    _issue(ctx, [letter_form_of(desk, number) for number in numbers], form, to, replace=replace, preview=preview)


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
    from ordersdesk.cli.opening import acting
    from ordersdesk.delivery.advice_form import advice_of

    desk = acting(setting_of(ctx))
    _issue(ctx, [advice_of(desk, number) for number in numbers], form, to, replace=replace, preview=preview)


def _issue(ctx: typer.Context, forms: Sequence[Form], paper: str, to: str, *, replace: bool, preview: bool) -> None:
    """Show papers as plain text, or make and deliver them; several go into one file."""
    from ordersdesk.cli.telling import say, tell_json
    from ordersdesk.printing.output import issue
    from ordersdesk.printing.plain import BREAK, leaves

    setting, numbers = setting_of(ctx), [form.number for form in forms]
    one_of("--form", paper, FORMS)
    if preview:
        pages = leaves(forms)
        if setting.json:
            tell_json({"numbers": numbers, "pages": pages})
        else:
            print(BREAK.join("\n".join(page) for page in pages))
        return
    where: str | Path = to or f"{setting.home / PAPERS}/"
    places = issue(forms, paper, where, setting.home / "forms", title=numbers[0], replace=replace)
    if setting.json:
        tell_json({"numbers": numbers, "places": places})
    else:
        say(_("{numbers} printed: {places}").format(numbers=_(", ").join(numbers), places=_(", ").join(places)))


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the groups `routes` and `slips`."""
