"""`orders sheet` and its kin: print the confirmation sheet, note when it went out and came back (ORD-6)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import day, example, setting_of
from ordersdesk.cli.kit.papers import On, Replace, To, issue_papers
from ordersdesk.cli.orders.orders import group
from ordersdesk.cli.orders.paying import AMOUNT, REFERENCE, SURE
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.orders.sheets.actions import Tracked
    from ordersdesk.printing.forms.form import Form

NUMBER = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))]


@group.command(
    "sheet",
    help=_("Print the confirmation sheet: as text, as a PDF into a file, or on any paper to a printer."),
    epilog=example(
        "ordersdesk orders sheet SO20261123-0001",
        "ordersdesk orders sheet SO20261123-0001 --pdf sheet.pdf",
        "ordersdesk orders sheet SO20261123-0001 --form a4 --to office",
        "ordersdesk orders sheet SO20261123-0001 --text --lines 60 | lpr",
    ),
)
def sheet(
    ctx: typer.Context,
    number: NUMBER,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help=_("Write a PDF."))] = None,
    as_text: Annotated[bool, typer.Option("--text", help=_("Print plain text; so it does without --pdf too."))] = False,
    lines: Annotated[int, typer.Option(min=0, max=1000, help=_("Lines of a page of text; 0 is one long page."))] = 0,
    on: On = "",
    to: To = "",
    replace: Replace = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.orders.sheets.form import sheet_of

    if pdf and as_text:
        raise typer.BadParameter(_("Choose --pdf or --text."), param_hint="--text")
    if (pdf or as_text) and (on or to):
        raise typer.BadParameter(_("--form and --to go without --pdf and --text."), param_hint="--to")
    if 0 < lines < 20:
        raise typer.BadParameter(_("A page has at least 20 lines."), param_hint="--lines")
    form = sheet_of(acting(setting_of(ctx)), number)
    if on or to:
        issue_papers(ctx, [form], on or "a4", to, replace=replace)
    elif pdf:
        _keep(ctx, form, pdf, replace=replace)
    else:
        _show(ctx, form, lines)


def _show(ctx: typer.Context, form: Form, lines: int) -> None:
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.printing.devices.plain import text

    if setting_of(ctx).json:
        tell_json(form)
    else:
        print(text(form, lines=lines), end="")


def _keep(ctx: typer.Context, form: Form, file: Path, *, replace: bool) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.printing.filing import keep
    from ordersdesk.printing.pages.typesetting import pdf

    setting = setting_of(ctx)
    path = keep(file, pdf(form, setting.home / "forms"), replace=replace)
    if setting.json:
        tell_json({"file": str(path), "number": form.number})
    else:
        say(_("{number} is printed to {file}.").format(number=form.number, file=path))


@group.command(
    "sheets",
    help=_("List confirmation sheets that are not back; --overdue those that are late."),
    epilog=example("ordersdesk orders sheets --overdue"),
)
def sheets(
    ctx: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("Only those that are late."))] = False,
    limit: AtMost = 1000,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.orders.assessment.sheet_rules import SHEETS
    from ordersdesk.orders.sheets.queries import sheets_out
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    found = sheets_out(desk, overdue=overdue, limit=limit)
    if setting.json:
        tell_json(found)
        return
    heads = [pgettext("document", "Number"), _("Customer"), _("Agent"), _("Sheet"), _("Return by"), _("Days late"),
             _("Promised"), _("Possible now"), _("Deposit"), _("Paid")]  # fmt: skip
    rows = (
        (o.number, o.customer, person(desk, o.agent), _(SHEETS[o.sheet]), o.due_on or _("may follow"), o.late,
         o.promised_on, o.possible_on, o.deposit, o.deposit_paid)
        for o in found
    )  # fmt: skip
    tell_table(heads, rows, empty=_("No confirmation sheet is out."))


@group.command(
    "sheet-sent",
    help=_("Note that the confirmation sheet went out."),
    epilog=example("ordersdesk orders sheet-sent SO20261123-0001 --how fax"),
)
def sheet_sent(
    ctx: typer.Context,
    number: NUMBER,
    how: Annotated[str, typer.Option(help=_("email, fax, message, post or hand."))] = "email",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.orders.sheets.actions import send_sheet

    _tell(ctx, send_sheet(acting(setting_of(ctx)), number=number, how=how))


@group.command(
    "sheet-returned",
    help=_("Note that the confirmation sheet is back and signed; a late one moves the promise."),
    epilog=example(
        "ordersdesk orders sheet-returned SO20261123-0001",
        "ordersdesk orders sheet-returned SO20261123-0001 --on 2026-11-24",
    ),
)
def sheet_back(
    ctx: typer.Context,
    number: NUMBER,
    on: Annotated[str, typer.Option(metavar="DAY", help=_("The day it came back; today."))] = "",
) -> None:
    from ordersdesk.changing import sheet_returned
    from ordersdesk.cli.kit.opening import acting

    _tell(ctx, sheet_returned(acting(setting_of(ctx)), number=number, on=day(on) if on else None))


@group.command(
    "deposit",
    help=_("Book the deposit of an order of special goods."),
    epilog=example("ordersdesk orders deposit SO20261123-0001 --amount 300.00"),
)
def deposit(
    ctx: typer.Context,
    number: NUMBER,
    amount: AMOUNT,
    reference: REFERENCE = "",
    sure: SURE = False,
) -> None:
    from ordersdesk.changing import deposit_paid
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.foundation.texts.money import parsed

    came = parsed(amount, field="amount")
    _tell(ctx, deposit_paid(acting(setting_of(ctx)), number=number, amount=came, reference=reference, sure=sure))


def _tell(ctx: typer.Context, done: Tracked) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet
    from ordersdesk.orders.assessment.sheet_rules import SHEETS
    from ordersdesk.orders.terms.flow import ORDER_FLOW

    if setting_of(ctx).json:
        tell_json(done)
        return
    tell_sheet(
        [
            (_("Order"), done.number),
            (_("State"), _(ORDER_FLOW.states[done.state])),
            (_("Confirmation sheet"), _(SHEETS[done.sheet])),
            (_("Return by"), done.due_on),
            (_("Days late"), done.late or ""),
            (_("Promised"), done.promised_on),
        ]
    )


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `orders`."""
