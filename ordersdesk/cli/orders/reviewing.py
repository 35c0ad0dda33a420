"""`orders review`: the queue of orders that wait, key customers first, filtered by reason (ORD-4, ORD-13)."""

from __future__ import annotations

import typer

from ordersdesk.cli.kit.listing import AtMost, Occasion
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _, in_turn, pgettext, word_list


@group.command(
    "review",
    help=_("List the orders in review: why, for whom, since when; key customers first."),
    epilog=example("ordersdesk orders review --reason over_limit", "ordersdesk orders review --json"),
)
def review(
    ctx: typer.Context,
    reason: Occasion = "",
    limit: AtMost = 100,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.kinds import OCCASIONS
    from ordersdesk.orders.book.waiting_queries import in_review

    one_of("--reason", reason, OCCASIONS)
    setting = setting_of(ctx)
    desk = acting(setting)
    orders = in_review(desk, occasion=reason, limit=limit)
    if setting.json:
        tell_json(orders)
        return
    tell_table(
        [pgettext("document", "Number"), _("Customer"), _("Key customer"), _("Total"), _("Waits for"), _("Why"),
         _("Since"), _("Asked")],
        (
            (
                one.entry.number, one.entry.customer, one.entry.size_class == "key", one.entry.total,
                word_list(_(role) for role in one.roles), in_turn(why.sentence for why in one.reasons),
                one.entry.at.astimezone(desk.zone), one.asked_at.astimezone(desk.zone) if one.asked_at else None,
            )
            for one in orders
        ),
        empty=_("No order is in review."),
    )  # fmt: skip


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `orders`."""
