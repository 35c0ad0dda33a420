"""`promises`: the promise ledger: what was promised, what became of it, and how much was kept (DLV-5, DLV-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import day, example, setting_of
from ordersdesk.foundation.texts.language import _

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.orders.promise.queries import PromiseRow, Share


def promises(
    ctx: typer.Context,
    is_open: Annotated[bool, typer.Option("--open", help=_("Still to be kept, also those that are late."))] = False,
    kept: Annotated[bool, typer.Option("--kept", help=_("Kept."))] = False,
    broken: Annotated[bool, typer.Option("--broken", help=_("Broken, also those that are late."))] = False,
    on: Annotated[str, typer.Option(metavar="DAY", help=_("Promised for this day."))] = "",
    agent: Annotated[str, typer.Option(help=_("Login of who took the order."))] = "",
    order: Annotated[str, typer.Option(metavar="NUMBER", help=_("Everything promised about this order."))] = "",
    limit: AtMost = 100,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.orders.promise import queries as ledger
    from ordersdesk.orders.promise.rules import OUTCOMES

    setting = setting_of(ctx)
    chosen = [*(ledger.STANDING if is_open else ()), *(("kept",) if kept else ()), *(ledger.BROKEN if broken else ())]
    usual = tuple(OUTCOMES) if order else ledger.STANDING
    wanted = ledger.PromiseFilter(
        outcomes=tuple(dict.fromkeys(chosen)) or usual, on=day(on) if on else None, agent=agent, order=order
    )
    desk = acting(setting)
    rows, counted = ledger.promises(desk, wanted, limit=limit), ledger.share(desk, wanted)
    if setting.json:
        tell_json({"promises": rows, "kept": counted.kept, "broken": counted.broken, "late": counted.late,
                   "percent_kept": counted.percent})  # fmt: skip
        return
    _tell(rows, counted, desk)


def _tell(rows: list[PromiseRow], counted: Share, desk: Desk) -> None:
    from ordersdesk.cli.kit.telling import say, tell_table
    from ordersdesk.orders.promise.rules import BECAUSE, OUTCOMES
    from ordersdesk.orders.terms.receiving_hours import due_part
    from ordersdesk.people.names import person

    columns = [_("Order"), _("Customer"), _("Agent"), _("Promised"), _("Part"), _("Because of"), _("What became of it")]
    tell_table(
        columns,
        (
            (
                row.order, row.customer, person(desk, row.agent), row.promised_on,
                due_part(row.promised_part, row.latest),
                _(BECAUSE.get(row.because, row.because)), _(OUTCOMES.get(row.outcome, row.outcome)),
            )
            for row in rows
        ),
    )  # fmt: skip
    if counted.percent is None:
        say(_("No promise was due yet."))
    else:
        say(_("{percent} % kept: {kept} kept, {broken} broken, {late} late.").format(
            percent=counted.percent, kept=counted.kept, broken=counted.broken, late=counted.late
        ))  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "promises",
        help=_("List what was promised and what became of it, with the share kept."),
        epilog=example("ordersdesk promises --broken", "ordersdesk promises --on 2026-11-24 --agent lin"),
    )(promises)
