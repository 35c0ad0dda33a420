"""`routes back|all-well|return`: what became of each slip, and the cash of the sheet (SLP-6, PAY-6)."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.routes.routes import Sheet, group
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.texts import shown

if TYPE_CHECKING:
    from ordersdesk.delivery.handover.actions import Back
    from ordersdesk.foundation.desk import Desk

Collected = Annotated[str | None, typer.Option("--collected", metavar="AMOUNT", help=_("What came at the door."))]
Signed = Annotated[str, typer.Option("--signed", metavar="NAME", help=_("Who signed; else the contact."))]
At = Annotated[str, typer.Option("--at", metavar="TIME", help=_("When, such as 14:30; else now."))]


@group.command(
    "back",
    help=_("Note what became of a slip: delivered, partly refused, or failed."),
    epilog=example(
        "ordersdesk routes back SL20261123-0001 --delivered --signed 王芳 --at 14:30",
        "ordersdesk routes back SL20261123-0001 --delivered --collected 249 --why 'no change'",
        "ordersdesk routes back SL20261123-0001 --refused 1=3 --refused 2=1 --reason damaged",
        "ordersdesk routes back SL20261123-0001 --refused 1=3:damaged --refused 2=1:not_ordered",
        "ordersdesk routes back SL20261123-0001 --failed nobody --again 2026-11-25",
    ),
)
def back(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="SL…", help=_("The slip's number."))],
    delivered: Annotated[bool, typer.Option("--delivered", help=_("All of it was handed over."))] = False,
    refused: Annotated[
        list[str] | None,
        typer.Option(
            "--refused", metavar="LINE=PIECES[:REASON]", help=_("Pieces of a line that came back; repeat it.")
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(help=_("Why: damaged, wrong, not_ordered, not_wanted, too_late, too_dear."))
    ] = "",
    failed: Annotated[
        str, typer.Option("--failed", metavar="WHY", help=_("nobody, closed, address, no_money, van, weather."))
    ] = "",
    again: Annotated[str, typer.Option(metavar="DAY", help=_("When it comes again; the next working day."))] = "",
    collected: Collected = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("Why another sum came; a note to a failure."))] = "",
    signed: Signed = "",
    at: At = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.cli.routes.telling_routes import tell_back
    from ordersdesk.delivery.handover.failed_actions import failed as fail

    if sum((delivered, bool(refused), bool(failed))) != 1:
        raise typer.BadParameter(_("Choose one of --delivered, --refused and --failed."), param_hint="--delivered")
    desk = acting(setting_of(ctx))
    if failed:
        done = fail(desk, number, failed, day_of(again) if again else None, note=why)
    else:
        done = _handed(desk, number, refused, reason, (signed, at, collected, why))
    tell_json(done) if setting_of(ctx).json else tell_back(done)


def _handed(
    desk: Desk, number: str, refused: list[str] | None, reason: str, said: tuple[str, str, str | None, str]
) -> Back:
    """Note what was handed over: all of it, or what was not refused."""
    from ordersdesk.delivery.handover.actions import Handed, delivered
    from ordersdesk.delivery.handover.refused_actions import partly_refused

    signed, at, collected, why = said
    handed = Handed(signed, _moment(desk, at), _amount(collected), why)
    if not refused:
        return delivered(desk, number, handed)
    return partly_refused(desk, number, *_pieces(refused, reason), handed)


@group.command(
    "all-well",
    help=_("Note that every slip of a sheet nobody has told about was delivered and paid as it should."),
    epilog=example("ordersdesk routes all-well RS20261123-0001"),
)
def all_well(ctx: typer.Context, number: Sheet, signed: Signed = "", at: At = "") -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.handover.actions import Handed, deliver_all

    desk = acting(setting_of(ctx))
    done = deliver_all(desk, number, Handed(signed, _moment(desk, at)))
    if setting_of(ctx).json:
        tell_json(done)
        return
    heads = [_("Slip"), _("To pay"), _("Collected"), _("Order"), _("Trouble")]
    rows = ((each.number, each.due, each.collected, each.order.number, each.trouble) for each in done)
    tell_table(heads, rows, empty=_("Nothing is on the road with it."))


@group.command(
    "return",
    help=_("Hand in the cash of a sheet whose slips are all back; a difference needs a word why."),
    epilog=example(
        "ordersdesk routes return RS20261123-0001 --cash 1250.00",
        "ordersdesk routes return RS20261123-0001 --cash 1240 --why 'a false note'",
    ),
)
def hand_in(
    ctx: typer.Context,
    number: Sheet,
    cash: Annotated[str, typer.Option(metavar="AMOUNT", help=_("What was handed in."))],
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("Why it differs."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet
    from ordersdesk.delivery.handover.cash_actions import hand_in as take
    from ordersdesk.foundation.texts.money import parsed

    done = take(acting(setting_of(ctx)), number, parsed(cash, field="cash"), why)
    if setting_of(ctx).json:
        tell_json(done)
        return
    tell_sheet(
        [
            (_("Route sheet"), done.number),
            (_("Collected"), done.expected),
            (_("Handed in"), done.handed_in),
            (_("Difference"), done.difference or ""),
        ]
    )


def _amount(text: str | None) -> Decimal | None:
    from ordersdesk.foundation.texts.money import parsed

    return None if text is None else parsed(text, field="collected")


def _pieces(typed: list[str], reason: str) -> tuple[dict[int, int], dict[int, str]]:
    """Read `LINE=PIECES` or `LINE=PIECES:REASON`, each line once; return the pieces and the reasons by line."""
    pieces: dict[int, int] = {}
    reasons: dict[int, str] = {}
    for text in typed:
        line, _equals, rest = text.partition("=")
        count, _colon, why = rest.partition(":")
        if not _is_number(line) or not _is_number(count) or int(line) in pieces:
            raise typer.BadParameter(
                _("“{text}” is not LINE=PIECES, each line once.").format(text=shown(text[:40])), param_hint="--refused"
            )
        pieces[int(line)], reasons[int(line)] = int(count), why or reason
    return pieces, reasons


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _moment(desk: Desk, text: str) -> datetime | None:
    """Read a time of today, or a whole moment, at the branch."""
    if not text:
        return None
    try:
        if len(text) <= len("14:30:00"):
            return datetime.combine(desk.today(), time.fromisoformat(text), desk.zone)
        whole = datetime.fromisoformat(text)
        return whole if whole.tzinfo else whole.replace(tzinfo=desk.zone)
    except ValueError as error:
        raise typer.BadParameter(
            _("“{text}” is no time; write it like 14:30.").format(text=shown(text[:40])), param_hint="--at"
        ) from error


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `routes`."""
