"""`trouble note|told|claim|settle|close|list`: late, lost or damaged on the road (DLV-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.delivery.troubles.actions import Noted

group = Commands(
    help=_("Trouble on the road: what came late, damaged or not at all, whom we told, and the claim."),
    no_args_is_help=True,
    epilog=example("ordersdesk trouble list"),
)
Number = Annotated[str, typer.Argument(metavar="EX…", help=_("The trouble's number."))]
Note = Annotated[str, typer.Option(metavar="TEXT", help=_("A note."))]
Amount = Annotated[str, typer.Option(metavar="AMOUNT", help=_("How much."))]


@group.command(
    "note",
    help=_("Note trouble about a slip that left; what is lost on the road is short again for its order."),
    epilog=example("ordersdesk trouble note SL20261123-0001 --kind damaged --cause 'box soaked'"),
)
def note_trouble(
    ctx: typer.Context,
    slip: Annotated[str, typer.Argument(metavar="SL…", help=_("The slip's number."))],
    kind: Annotated[str, typer.Option(help=_("late, lost or damaged."))],
    cause: Annotated[str, typer.Option(metavar="TEXT", help=_("What caused it."))],
    note: Note = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.handover.failed_actions import note_trouble as write

    _tell(ctx, write(acting(setting_of(ctx)), slip, kind=kind, cause=cause, note=note))


@group.command(
    "told",
    help=_("Note that the customer was told: call, message, email, fax or paper."),
    epilog=example("ordersdesk trouble told EX20261123-0001 --how call"),
)
def told(
    ctx: typer.Context,
    number: Number,
    how: Annotated[str, typer.Option(help=_("call, message, email, fax or paper."))] = "call",
    note: Note = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.troubles.actions import told as write

    _tell(ctx, write(acting(setting_of(ctx)), number, how=how, note=note))


@group.command(
    "claim",
    help=_("Claim an amount on the carrier."),
    epilog=example("ordersdesk trouble claim EX20261123-0001 --amount 300 --on 德邦物流"),
)
def claim(
    ctx: typer.Context,
    number: Number,
    amount: Amount,
    on: Annotated[str, typer.Option("--on", metavar="NAME", help=_("On whom; else the slip's carrier."))] = "",
    note: Note = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.troubles.actions import claim as write
    from ordersdesk.foundation.texts.money import parsed

    _tell(ctx, write(acting(setting_of(ctx)), number, amount=parsed(amount, field="amount"), on=on, note=note))


@group.command(
    "settle",
    help=_("Note what a claim brought in."),
    epilog=example("ordersdesk trouble settle EX20261123-0001 --amount 250"),
)
def settle(ctx: typer.Context, number: Number, amount: Amount, note: Note = "") -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.troubles.actions import settle as write
    from ordersdesk.foundation.texts.money import parsed

    _tell(ctx, write(acting(setting_of(ctx)), number, amount=parsed(amount, field="amount"), note=note))


@group.command(
    "close",
    help=_("Close a trouble for which nothing is claimed."),
    epilog=example("ordersdesk trouble close EX20261123-0001"),
)
def close(ctx: typer.Context, number: Number, note: Note = "") -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.troubles.actions import close as write

    _tell(ctx, write(acting(setting_of(ctx)), number, note=note))


@group.command(
    "list",
    help=_("List trouble nobody has finished with; --all the rest too."),
    epilog=example("ordersdesk trouble list", "ordersdesk trouble list --kind late --all"),
)
def listed(
    ctx: typer.Context,
    kind: Annotated[str, typer.Option(help=_("Only late, lost or damaged."))] = "",
    everything: Annotated[bool, typer.Option("--all", help=_("What is finished too."))] = False,
    limit: AtMost = 200,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.model.flow import TROUBLE_FLOW
    from ordersdesk.delivery.model.labels import TROUBLES
    from ordersdesk.delivery.troubles.queries import OPEN, troubles

    one_of("--kind", kind, TROUBLES)
    rows = troubles(acting(setting_of(ctx)), state=() if everything else OPEN, kind=kind, limit=limit)
    if setting_of(ctx).json:
        tell_json(rows)
        return
    heads = [pgettext("document", "Number"), _("State"), _("Kind"), _("Slip"), _("Customer"), _("Cause"),
             _("Customer told"), _("Claimed"), _("On whom"), _("Settled")]  # fmt: skip
    cells = (
        (r.number, _(TROUBLE_FLOW.states[r.state]), _(TROUBLES[r.kind]), r.slip_number, r.customer_name, r.cause,
         r.told_by, r.claimed, r.claim_on, r.settled)
        for r in rows
    )  # fmt: skip
    tell_table(heads, cells, empty=_("There is no trouble on the road."))


def _tell(ctx: typer.Context, done: Noted) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.model.flow import TROUBLE_FLOW

    if setting_of(ctx).json:
        tell_json(done)
        return
    state = _(TROUBLE_FLOW.states[done.state])
    say(_("{number} about {slip}: {state}.").format(number=done.number, slip=done.slip, state=state))


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="trouble")
