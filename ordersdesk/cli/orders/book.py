"""`orders list`: the order book with every filter of the screen (ORD-9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import day, example, one_of, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.orders.book.queries import Entry, Filter


@group.command(
    "list",
    help=_("List orders, newest first; what is in review stands in the order of its queue."),
    epilog=example("ordersdesk orders list --state review", "ordersdesk orders list --customer C000017 --json"),
)
def book(
    ctx: typer.Context,
    state: Annotated[str, typer.Option(help=_("draft, review, confirmed, closed, cancelled…"))] = "",
    delivery: Annotated[str, typer.Option(help=_("none, allocated, released, delivered…"))] = "",
    agent: Annotated[str, typer.Option(help=_("Login of who took it."))] = "",
    customer: Annotated[str, typer.Option(help=_("Customer number; with closed orders of the past."))] = "",
    since: Annotated[str, typer.Option(metavar="DAY", help=_("From this business day on."))] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help=_("Up to this business day."))] = "",
    channel: Annotated[str, typer.Option(help=_("phone, web, fax, email, visit, rep."))] = "",
    route: Annotated[str, typer.Option(help=_("Delivery route."))] = "",
    late: Annotated[bool, typer.Option("--late", help=_("The promised day or part of it is over."))] = False,
    unpaid: Annotated[bool, typer.Option("--unpaid", help=_("Confirmed and not paid."))] = False,
    waits_for: Annotated[str, typer.Option(metavar="ROLE", help=_("In review, for this role to clear."))] = "",
    text: Annotated[str, typer.Option(help=_("Beginning or end of the number, part of the name."))] = "",
    history: Annotated[bool, typer.Option("--history", help=_("Imported past orders too."))] = False,
    limit: AtMost = 100,
    offset: Annotated[int, typer.Option(min=0, max=1_000_000_000, help=_("Leave out so many first."))] = 0,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.orders.book.queries import Filter, page

    _refuse_unknown(state=state, delivery=delivery, channel=channel)
    wanted = Filter(
        state=state, delivery=delivery, agent=agent, customer=customer.strip().upper(),
        since=day(since) if since else None, until=day(until) if until else None,
        channel=channel, route=route, late=late, unpaid=unpaid, waits_for=waits_for, text=text, history=history,
    )  # fmt: skip
    setting = setting_of(ctx)
    desk = acting(setting)
    entries = page(desk, wanted, offset=offset, limit=limit)
    if setting.json:
        tell_json(entries)
    else:
        _tell(entries, desk)
        _tell_count(desk, wanted, entries, more=len(entries) == limit or offset > 0)


def _refuse_unknown(*, state: str, delivery: str, channel: str) -> None:
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import CHANNELS, DELIVERY

    one_of("--state", state, ORDER_FLOW.states)
    one_of("--delivery", delivery, DELIVERY)
    one_of("--channel", channel, CHANNELS)


def _tell_count(desk: Desk, wanted: Filter, entries: Sequence[Entry], *, more: bool) -> None:
    from ordersdesk.cli.kit.telling import say
    from ordersdesk.foundation.texts.language import ngettext
    from ordersdesk.orders.book.queries import count

    found = count(desk, wanted) if more else len(entries)
    if found > len(entries):
        say(_("{shown} of {found} orders; --offset shows the next.").format(shown=len(entries), found=found))
    elif found:
        say(ngettext("{count} order", "{count} orders", found).format(count=found))


def _tell(entries: Sequence[Entry], desk: Desk) -> None:
    from ordersdesk.cli.kit.telling import tell_table
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import DELIVERY
    from ordersdesk.orders.terms.receiving_hours import due_part
    from ordersdesk.people.names import person

    tell_table(
        [
            pgettext("document", "Number"),
            _("Day"),
            _("Customer"),
            _("Agent"),
            _("State"),
            _("Promised"),
            _("Part"),
            _("Delivery"),
            _("Total"),
        ],
        (
            (
                e.number,
                e.day,
                e.customer,
                person(desk, e.agent),
                _(ORDER_FLOW.states[e.state]),
                e.promised_on,
                due_part(e.promised_part, e.latest),
                _(DELIVERY.get(e.delivery, e.delivery)),
                e.total,
            )
            for e in entries
        ),
    )


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `orders`."""
