"""`orders submit` and `orders show`: the same rules as on screen, without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from ordersdesk.orders.book.page_queries import Whole
    from ordersdesk.orders.entry.actions import Submitted

group = Commands(
    help=_("Orders: submit, look up, review, change, cancel, confirmation sheets."),
    no_args_is_help=True,
    epilog=example("ordersdesk orders list --late"),
)


@group.command(
    "submit",
    help=_("Submit an order from a JSON file, or from stdin (-), under exactly the rules of the screen."),
    epilog=example("ordersdesk orders submit order.json", "ordersdesk orders submit --schema"),
)
def submit(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.json|-", help=_("The order; - reads stdin."))] = "",
    schema: Annotated[bool, typer.Option("--schema", help=_("Print the JSON schema of an order."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.cli.orders.drafting import draft_from
    from ordersdesk.orders.entry import actions
    from ordersdesk.orders.terms.draft import Draft

    if schema:
        tell_json(Draft.model_json_schema())
        return
    if not file:
        raise typer.BadParameter(_("Name a file, or - for stdin."), param_hint="FILE.json")
    setting = setting_of(ctx)
    desk = acting(setting)
    submitted = actions.submit(desk, draft_from(file, today=desk.today()))
    if setting.json:
        tell_json(submitted)
    else:
        _tell_submitted(submitted)


def _tell_submitted(order: Submitted) -> None:
    from ordersdesk.approvals.rules import waits_for
    from ordersdesk.cli.kit.telling import say, tell_sheet
    from ordersdesk.orders.terms.flow import ORDER_FLOW

    tell_sheet(
        [
            (_("Order"), order.number),
            (_("State"), _(ORDER_FLOW.states[order.state])),
            (_("Customer"), order.customer),
            (_("Goods"), order.goods),
            (_("Delivery fee"), order.fee),
            (_("Total"), order.total),
            (_("Promise"), " · ".join(filter(None, (order.promise, order.warning)))),
            (_("Wanted by"), order.latest),
        ]
    )
    for reason in order.reasons:
        say(waits_for(reason.role, reason.sentence, reason.rule))
    if order.repeated:
        say(_("This order was taken before; it was not taken twice."))


@group.command(
    "show",
    help=_("Show one order: head, lines, why it waits, its timeline."),
    epilog=example("ordersdesk orders show SO20261123-0001"),
)
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.orders.book.page_queries import by_number

    setting = setting_of(ctx)
    desk = acting(setting)
    order = by_number(desk, number)
    if setting.json:
        tell_json(order)
    else:
        _tell_whole(order, desk)


def _tell_whole(order: Whole, desk: Desk) -> None:
    from ordersdesk.approvals.rules import waits_for
    from ordersdesk.cli.kit.telling import say, tell_sheet, tell_table
    from ordersdesk.foundation.texts.language import current
    from ordersdesk.orders.review.customer_reasons import in_words
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import STORY
    from ordersdesk.people.names import person

    def state(name: str) -> str:
        return _(ORDER_FLOW.states.get(name, name))

    tell_sheet(_head(order, desk))
    columns = [_("Code"), _("Name"), _("Spec"), _("Quantity"), _("Unit"), _("Price"), _("Amount"), _("Short")]
    tell_table(
        columns,
        ((r.code, r.name, r.spec, r.quantity, r.unit, r.price, r.amount, r.short or "") for r in order.lines),
    )
    _tell_promises(order)
    for reason in order.reasons:
        say(waits_for(reason.role, reason.sentence, reason.rule))
    for sentence in in_words(order.head.number, order.denied, current()) if order.denied else ():
        say(sentence)
    tell_table(
        [_("When"), _("By"), _("What"), _("State before"), _("State after"), _("Note")],
        (
            (
                h.at.astimezone(desk.zone),
                person(desk, h.by),
                _(STORY.get(h.verb, h.verb)),
                state(h.from_state),
                state(h.to_state),
                h.note,
            )
            for h in order.story
        ),
    )


def _tell_promises(order: Whole) -> None:
    from ordersdesk.cli.kit.telling import tell_table
    from ordersdesk.orders.promise.rules import BECAUSE, OUTCOMES
    from ordersdesk.orders.terms.receiving_hours import due_part

    rows = [
        (
            one.promised_on,
            due_part(one.promised_part, one.latest),
            _(BECAUSE.get(one.because, one.because)),
            _(OUTCOMES[one.outcome]),
        )
        for one in order.promises
    ]
    if rows:
        tell_table([_("Promised"), _("Part"), _("Because of"), _("What became of it")], rows)


def _head(order: Whole, desk: Desk) -> list[tuple[str, object]]:
    from ordersdesk.foundation.phones.writing import readable
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import DELIVERY, PAID, PAYMENTS
    from ordersdesk.people.names import person

    head = order.head
    return [
        (_("Order"), head.number),
        (_("State"), _(ORDER_FLOW.states[head.state])),
        (_("Customer"), head.customer_name),
        (_("Contact"), f"{head.contact} {readable(head.phone, desk.policy.phones)}".strip()),
        (_("Address"), head.address),
        (_("Promise"), " · ".join(filter(None, (head.promise, order.warning)))),
        (_("Urgent"), _("yes") if head.urgent else ""),
        (_("Wanted by"), head.latest),
        (_("To department"), head.department),
        (_("Papers along"), head.papers),
        (_("Delivery"), _(DELIVERY.get(head.delivery, head.delivery))),
        (_("Payment"), _(PAYMENTS.get(head.payment, head.payment))),
        (_("Money"), _(PAID.get(head.paid, head.paid))),
        (_("Money in"), head.money_in or ""),
        (_("Contract"), head.contract),
        (_("Goods"), head.goods),
        (_("Delivery fee"), head.fee),
        (_("Fee agreed"), head.fee_reason and f"{head.fee_reason} {person(desk, head.fee_approver)}".strip()),
        (_("Total"), head.total),
        (_("Agent"), person(desk, head.agent)),
        (_("Note"), head.note),
    ]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(group, name="orders")
