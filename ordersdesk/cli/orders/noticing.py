"""`orders notices`: what somebody must know about orders, until they noted it (CHG-4)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _

LARGEST = 2_147_483_647  # an id of the database


@group.command(
    "notices",
    help=_("List what you must know about orders, oldest first; --note takes one off the list."),
    epilog=example("ordersdesk orders notices", "ordersdesk orders notices --note 12"),
)
def notices(
    ctx: typer.Context,
    note: Annotated[int, typer.Option(metavar="ID", min=0, max=LARGEST, help=_("Note this one first."))] = 0,
    limit: AtMost = 100,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.orders.notices.actions import noted
    from ordersdesk.orders.notices.queries import notices as told

    setting = setting_of(ctx)
    desk = acting(setting)
    if note:
        noted(desk, note)
    rows = told(desk, limit=limit)
    if setting.json:
        tell_json(rows)
        return
    tell_table(
        [_("Id"), _("Order"), _("Rule"), _("What"), _("Since")],
        ((one.id, one.order, one.rule, one.sentence, one.at.astimezone(desk.zone)) for one in rows),
        empty=_("There is nothing you must know."),
    )


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `orders`."""
