"""`slips ways`: how goods could go to another region, and what each way costs the house (DLV-6)."""

from __future__ import annotations

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.slips.slips import Number, group
from ordersdesk.foundation.texts.language import _


@group.command(
    "ways",
    help=_("List the ways of carriage for a slip to another region: the first one is taken."),
    epilog=example("ordersdesk slips ways SL20261123-0001"),
)
def ways(ctx: typer.Context, number: Number) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.slips.carriage_queries import ways_of

    found = ways_of(acting(setting_of(ctx)), number)
    if setting_of(ctx).json:
        tell_json(found)
        return
    heads = [_("Carrier"), _("Way"), _("kg"), _("Working days"), _("Price"), _("Why not")]
    rows = ((each.carrier, each.way, each.kg, each.days, each.price, each.why_not) for each in found)
    tell_table(heads, rows, empty=_("The policy knows no way of carriage."))


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `slips`."""
