"""`orders paid|payments|take-back|awaited`: marking money in, what came for an order, what is waited for (PAY-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.orders.payments.actions import Booked

NUMBER = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))]
AMOUNT = Annotated[str, typer.Option(metavar="AMOUNT", help=_("What came in."))]
REFERENCE = Annotated[str, typer.Option(metavar="TEXT", help=_("What the bank or the terminal calls it."))]
SURE = Annotated[bool, typer.Option("--sure", help=_("It is right, though more came than is due, or the same again."))]


@group.command(
    "paid",
    help=_("Mark money in for an order: part payments add up, and it goes on when nothing is missing any more."),
    epilog=example("ordersdesk orders paid SO20261123-0001 --amount 1250.00 --reference ICBC-77120"),
)
def paid(ctx: typer.Context, number: NUMBER, amount: AMOUNT, reference: REFERENCE = "", sure: SURE = False) -> None:
    from ordersdesk.changing import paid
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.foundation.texts.money import parsed
    from ordersdesk.orders.payments.actions import Received

    money = Received(parsed(amount, field="amount"), reference, sure)
    _tell(ctx, paid(acting(setting_of(ctx)), number, money))


@group.command(
    "payments",
    help=_("List what came in for an order, and what was taken back."),
    epilog=example("ordersdesk orders payments SO20261123-0001"),
)
def payments(ctx: typer.Context, number: NUMBER) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.orders.payments.queries import payments as payments_of
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    found = payments_of(desk, number)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [
            pgettext("money in", "Payment"),
            _("When"),
            _("By"),
            _("Amount"),
            _("Reference"),
            _("Takes back"),
            _("Reason"),
        ],
        (
            (
                row.id,
                row.at.astimezone(desk.zone),
                person(desk, row.by),
                row.amount,
                row.reference,
                row.reverses or "",
                row.reason,
            )
            for row in found
        ),
        empty=_("No money came in for this order."),
    )


@group.command(
    "take-back",
    help=_("Take a payment back that was marked in by mistake: a row against it, with the reason."),
    epilog=example("ordersdesk orders take-back SO20261123-0001 --payment 7 --why 'it was for another order'"),
)
def take_back(
    ctx: typer.Context,
    number: NUMBER,
    payment: Annotated[int, typer.Option(metavar="PAYMENT", min=1, help=_("Its number in `orders payments`."))],
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("What was wrong about it."))] = "",
) -> None:
    from ordersdesk.changing import take_payment_back
    from ordersdesk.cli.kit.opening import acting

    _tell(ctx, take_payment_back(acting(setting_of(ctx)), number, payment, why=why))


@group.command(
    "awaited",
    help=_("List the orders whose goods wait for money, the longest first."),
    epilog=example("ordersdesk orders awaited"),
)
def awaited(ctx: typer.Context, limit: AtMost = 1000) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.orders.payments.awaiting_queries import awaited as awaited_money
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import PAYMENTS

    setting = setting_of(ctx)
    found = awaited_money(acting(setting), limit=limit)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [pgettext("document", "Number"), _("Customer"), _("State"), _("Payment"), _("Total"), _("Money in"),
         pgettext("money", "Missing"), _("Promised")],
        (
            (one.number, one.customer, _(ORDER_FLOW.states[one.state]), _(PAYMENTS.get(one.payment, one.payment)),
             one.total, one.money_in, one.missing, one.promised_on)
            for one in found
        ),
        empty=_("No order waits for money."),
    )  # fmt: skip


def _tell(ctx: typer.Context, done: Booked) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_sheet
    from ordersdesk.orders.terms.flow import ORDER_FLOW
    from ordersdesk.orders.terms.labels import PAID

    if setting_of(ctx).json:
        tell_json(done)
        return
    tell_sheet(
        [
            (_("Order"), done.number),
            (_("State"), _(ORDER_FLOW.states[done.state])),
            (_("Money"), _(PAID[done.paid])),
            (_("Money in"), done.money_in),
            (_("Still due"), done.left),
        ]
    )


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `orders`."""
