"""`slips deal`: short stock is dealt anew by priority, and shown old and new before (SLP-1)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.slips.slips import group
from ordersdesk.foundation.texts.language import _


@group.command(
    "deal",
    help=_("Deal short stock anew by priority: urgent, key customers, promise, age; what is on paper stays."),
    epilog=example("ordersdesk slips deal --dry-run", "ordersdesk slips deal A4-80"),
)
def deal(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="CODE", help=_("One item; else all that orders wait for."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what it would do; write nothing."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json, tell_table
    from ordersdesk.delivery.dealing import actions as dealing

    setting = setting_of(ctx)
    desk = acting(setting)
    found = dealing.would_deal(desk, item) if dry_run else dealing.deal(desk, item)
    if setting.json:
        tell_json(found)
        return
    if not found:
        say(_("No confirmed order waits for anything."))
    heads = [_("Order"), _("Customer"), _("Urgent"), _("Promised"), _("On paper"), _("Wants"), _("Had"), _("Gets")]
    for each in found:
        say(f"{each.code} {each.name}")
        rows = (
            (one.order, one.customer, one.urgent, one.promised_on, one.locked, one.wanted, one.before, one.after)
            for one in each.shares
        )
        tell_table(heads, rows)
        say(_("Free before: {before}, after: {after}").format(before=each.free_before, after=each.free_after))


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `slips`."""
