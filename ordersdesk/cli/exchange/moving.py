"""`import` and `export`: files in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _


def bring_in(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=_("customers, items, stock, receipts, prices, orders or calls."))
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=_("CSV, TSV, XLSX or XLS, in any common encoding."))
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help=_("How a foreign layout fits; TOML."))] = None,
    commit: Annotated[bool, typer.Option("--commit", help=_("Write it; without this it is a dry run."))] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help=_("Write the good rows although some are bad."))
    ] = False,
    bad_rows: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Write bad rows here, to be mended."))] = None,
    history: Annotated[bool, typer.Option("--history", help=_("Orders of the past, as closed documents."))] = False,
    sheet: Annotated[str | None, typer.Option(help=_("The sheet of a workbook; else the first."))] = None,
    encoding: Annotated[
        str | None, typer.Option(help=_("The encoding of a text file, such as big5; else found."))
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help=_("Write what is known anew where the file says otherwise."))
    ] = False,
    join: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("A second file: each row gets the cells of its row there."))
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="COLUMN", help=_("The column both have; OURS=THEIRS if its names differ."))
    ] = "",
    fields: Annotated[
        bool, typer.Option("--fields", help=_("Say which fields there are, and what each takes."))
    ] = False,
) -> None:
    from ordersdesk.cli.exchange.importing import Wanted, run_import, tell_fields
    from ordersdesk.cli.kit.opening import acting

    if history and kind != "orders":
        raise typer.BadParameter(_("--history is for orders."))
    setting = setting_of(ctx)
    if fields:
        tell_fields(kind, as_json=setting.json)
        return
    if file is None:
        raise typer.BadParameter(_("Name a file, or ask for --fields."))
    if (join is None) != (not on):
        raise typer.BadParameter(_("--join and --on go together."))
    wanted = Wanted(
        kind, file, mapping, sheet, encoding,
        history=history, commit=commit, keep_good=keep_good, bad_rows=bad_rows, update=update,
        join=join, on=on,
    )  # fmt: skip
    if not run_import(acting(setting), wanted, as_json=setting.json):
        raise typer.Exit(1)


def take_out(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("customers, items or orders."))],
    form: Annotated[
        str, typer.Option("--format", help=_("csv, tsv, xlsx or json; else as --out says, else csv."))
    ] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Where to; else to stdout."))] = None,
    replace: Annotated[bool, typer.Option("--replace", help=_("Over an older file of this name."))] = False,
) -> None:
    from ordersdesk.cli.exchange.exporting import run_export
    from ordersdesk.cli.kit.opening import acting

    if form and form.lower() not in ("csv", "tsv", "xlsx", "json"):
        raise typer.BadParameter(_("--format is csv, tsv, xlsx or json."))
    if form and out and out.suffix.lower() != f".{form.lower()}":
        raise typer.BadParameter(_("--format and the name of the file say different things."))
    setting = setting_of(ctx)
    form = form.lower() or "csv"
    run_export(acting(setting), kind, form=form, out=out, replace=replace, as_json=setting.json)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "import",
        help=_("Bring in a file: first a dry run with every problem by row and column, then all or nothing."),
        epilog=example(
            "ordersdesk import customers --fields",
            "ordersdesk import customers list.csv",
            "ordersdesk import customers list.csv --commit --keep-good --bad-rows bad.csv",
            "ordersdesk import orders sales.csv --history --mapping data/imports/us-superstore-orders.toml --commit",
        ),
    )(bring_in)
    app.command(
        "export",
        help=_("Write customers, items or orders to a file; what names people needs a manager and is logged."),
        epilog=example("ordersdesk export items --out items.xlsx", "ordersdesk export orders --format json | less"),
    )(take_out)
