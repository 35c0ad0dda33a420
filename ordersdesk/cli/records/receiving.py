"""`stock receive|reserve`: goods that arrive for those who wait, and those whose day has come (STK-7, STK-3)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.orders.fulfilment.receipt_actions import Received


def receive(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("Code or bar code of the item."))] = "",
    pieces: Annotated[str, typer.Argument(metavar="PIECES", help=_("How many: 20, or 2箱 in its pack units."))] = "",
    came_from: Annotated[
        str, typer.Option("--from", metavar="WAREHOUSE", help=_("From this warehouse of the branch, not a supplier."))
    ] = "",
    note: Annotated[
        str, typer.Option("--note", metavar="NUMBER", help=_("The delivery note; each item of it counts once."))
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help=_("Many at once: item, quantity, from, note."))
    ] = None,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help=_("Write the good rows although some are bad."))
    ] = False,
    bad_rows: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Write bad rows here, to be mended."))] = None,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.orders.fulfilment.receipt_actions import receive as take_in

    setting = setting_of(ctx)
    if bool(file) == bool(code or pieces or came_from or note):
        raise typer.BadParameter(_("Name an item and its pieces, or a file."), param_hint="CODE")
    if file:
        _receive_file(ctx, file, keep_good=keep_good, bad_rows=bad_rows)
        return
    desk = acting(setting)
    done = take_in(desk, code, pieces, came_from=came_from, note=note)
    if setting.json:
        tell_json({"free": done.free, **vars(done)})
    else:
        _tell(done, desk)


def _receive_file(ctx: typer.Context, file: Path, *, keep_good: bool, bad_rows: Path | None) -> None:
    from ordersdesk.cli.exchange.importing import Wanted, run_import
    from ordersdesk.cli.kit.opening import acting

    setting = setting_of(ctx)
    wanted = Wanted(
        "receipts", file, mapping=None, sheet=None, encoding=None, history=False, commit=True, keep_good=keep_good,
        bad_rows=bad_rows,
    )  # fmt: skip
    if not run_import(acting(setting), wanted, as_json=setting.json):
        raise typer.Exit(1)


def _tell(done: Received, desk: Desk) -> None:
    from ordersdesk.cli.kit.telling import say, tell_table
    from ordersdesk.people.names import person

    text = _("{pieces} {unit} of {code} received at {place}; {free} free.")
    if done.came_from:
        text = _("{pieces} {unit} of {code} received at {place} from {source}; {free} free.")
    facts = {"pieces": done.pieces, "unit": done.unit, "code": done.code, "place": done.warehouse}
    say(text.format(**facts, source=done.came_from, free=done.free))
    if done.filled:
        columns = [_("Order"), _("Customer"), _("Agent"), _("Pieces"), _("Still missing")]
        tell_table(
            columns,
            ((one.order, one.customer, person(desk, one.agent), one.pieces, one.missing) for one in done.filled),
        )


def reserve(ctx: typer.Context) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.orders.commitments.claiming_actions import reserve_due

    done = reserve_due(acting(setting_of(ctx)))
    if setting_of(ctx).json:
        tell_json(done)
        return
    columns = [_("Order"), _("Customer"), _("Pieces"), _("Still missing")]
    rows = ((one.order, one.customer, one.pieces, one.missing) for one in done)
    tell_table(columns, rows, empty=_("No order's day has come."))


def add_to(stock: typer.Typer) -> None:
    """Add the commands to the group `stock`."""
    stock.command(
        "reserve",
        help=_("Reserve the goods of orders for later days whose day has come; every desk does it by itself too."),
        epilog=example("ordersdesk stock reserve"),
    )(reserve)
    stock.command(
        "receive",
        help=_("Receive goods; waiting orders get theirs, key customers first, and their agents are told."),
        epilog=example(
            "ordersdesk stock receive A4-80 200 --note DN-4711",
            "ordersdesk stock receive A4-80 5箱 --from SHOP",
            "ordersdesk stock receive --file notes.csv",
        ),
    )(receive)
