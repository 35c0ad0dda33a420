"""`pads issue|list|enter|strike|pair|unpair|hand|return`: pads of handwritten slips (SLP-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import day, example, setting_of
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.delivery.pads.pairing_actions import Entered
    from ordersdesk.foundation.desk import Desk

group = Commands(
    help=_("Pads of handwritten slips: who has which numbers, what was written on them, what is missing."),
    no_args_is_help=True,
    epilog=example("ordersdesk pads list"),
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The number on the slip: H0000123, or just 123."))]
Login = Annotated[str, typer.Argument(metavar="LOGIN", help=_("Who gets it."))]


@group.command(
    "issue",
    help=_("Issue a pad to somebody: the next free numbers, or those printed on it."),
    epilog=example("ordersdesk pads issue zhao", "ordersdesk pads issue zhao --sheets 25 --from H0000301"),
)
def issue(
    ctx: typer.Context,
    login: Login,
    sheets: Annotated[int | None, typer.Option(metavar="N", help=_("Sheets of the pad; else as usual."))] = None,
    first: Annotated[str, typer.Option("--from", metavar="NUMBER", help=_("Its first number."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.pads.actions import issue as give

    desk = acting(setting_of(ctx))
    _tell_given(ctx, desk, give(desk, login=login, sheets=sheets, first=first))


@group.command(
    "hand",
    help=_("Hand the blank rest of a pad to somebody else; any number of it names the pad."),
    epilog=example("ordersdesk pads hand H0000123 qian"),
)
def hand(ctx: typer.Context, number: Number, login: Login) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.pads.actions import hand_over

    desk = acting(setting_of(ctx))
    _tell_given(ctx, desk, hand_over(desk, number=number, login=login))


def _tell_given(ctx: typer.Context, desk: Desk, given: Any) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.people.names import person

    if setting_of(ctx).json:
        tell_json(given)
        return
    said = _("{login} has {first} to {last} now, sheets: {sheets}.")
    say(said.format(login=person(desk, given.login), first=given.first, last=given.last, sheets=given.sheets))


@group.command(
    "list",
    help=_("List who has which pad and how many sheets are left."),
    epilog=example("ordersdesk pads list", "ordersdesk pads list --for zhao --all"),
)
def listed(
    ctx: typer.Context,
    login: Annotated[str, typer.Option("--for", metavar="LOGIN", help=_("Only this person's."))] = "",
    everything: Annotated[bool, typer.Option("--all", help=_("Also pads that came back."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.delivery.pads.queries import pads
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    found = pads(desk, login=login, everything=everything)
    if setting.json:
        tell_json(found)
        return
    columns = [_("First number"), _("Last number"), _("Who has it"), _("Issued"), _("Entered"),
               pgettext("pad", "Left"), _("Next"), pgettext("pad", "Returned")]  # fmt: skip
    rows = (
        (
            o.first,
            o.last,
            (o.login and person(desk, o.login)) or _("nobody: blank"),
            o.issued_on,
            o.entered,
            o.left,
            o.next,
            o.returned_on,
        )
        for o in found
    )
    tell_table(columns, rows, empty=_("Nobody has a pad."))


@group.command(
    "enter",
    help=_("Enter a handwritten slip afterwards: why it was, and its order, its slip or the customer in words."),
    epilog=example(
        "ordersdesk pads enter H0000123 --reason computer --order SO20261123-0001 --amount 125.00",
        'ordersdesk pads enter 124 --reason other --note "flood" --customer "Mingyuan, Zhangjiang Road"',
        "ordersdesk pads enter 125 --spoiled",
    ),
)
def enter(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help=_("computer, printer, customer, door or other (with --note)."))] = "",
    order: Annotated[str, typer.Option(metavar="NUMBER", help=_("The order it belongs to."))] = "",
    slip: Annotated[str, typer.Option(metavar="NUMBER", help=_("The system's slip it belongs to."))] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help=_("The day it was written; today."))] = "",
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help=_("The sum written on it."))] = "",
    customer: Annotated[str, typer.Option(metavar="TEXT", help=_("The customer, while there is no order."))] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("More about it."))] = "",
    again: Annotated[bool, typer.Option("--again", help=_("Two papers bear this number."))] = False,
    spoiled: Annotated[bool, typer.Option("--spoiled", help=_("Spoiled: nothing was delivered with it."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.pads.entering_actions import Handwritten
    from ordersdesk.delivery.pads.entering_actions import enter as keep

    if order and slip:
        raise typer.BadParameter(_("Choose --order or --slip."), param_hint="--slip")
    paper = Handwritten(
        number=number, reason=reason, belongs=slip or order, on=day(on) if on else None, amount=amount,
        customer=customer, note=note, spoiled=spoiled,
    )  # fmt: skip
    _tell_entered(ctx, keep(acting(setting_of(ctx)), paper, again=again))


@group.command(
    "pair",
    help=_("Pair an entered number with the system's slip; without one named, with the only slip of its order."),
    epilog=example("ordersdesk pads pair H0000123 SL20261123-0001", "ordersdesk pads pair 123"),
)
def pair(
    ctx: typer.Context,
    number: Number,
    slip: Annotated[str, typer.Argument(metavar="SLIP", help=_("The slip's number."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.pads.pairing_actions import pair as join

    _tell_entered(ctx, join(acting(setting_of(ctx)), number=number, slip=slip))


@group.command(
    "unpair",
    help=_("Take a number off a slip it does not belong to; finance only."),
    epilog=example('ordersdesk pads unpair H0000123 --why "of another customer"'),
)
def unpair(
    ctx: typer.Context,
    number: Number,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("Why they do not belong together."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.delivery.pads.pairing_actions import unpair as part

    _tell_entered(ctx, part(acting(setting_of(ctx)), number=number, why=why))


@group.command(
    "strike",
    help=_("Take out a number that was entered by mistake; of two, the newer; finance only."),
    epilog=example('ordersdesk pads strike H0000132 --why "misread, it is 123"'),
)
def strike(
    ctx: typer.Context,
    number: Number,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("What was wrong."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.pads.pairing_actions import strike as take_out

    done = take_out(acting(setting_of(ctx)), number=number, why=why)
    if setting_of(ctx).json:
        tell_json(done)
    else:
        say(_("{number} is taken out; its pad's story keeps what it said.").format(number=done.number))


def _tell_entered(ctx: typer.Context, done: Entered) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json

    if setting_of(ctx).json:
        tell_json(done)
        return
    if done.spoiled:
        say(_("{number} is spoiled.").format(number=done.number))
    elif done.slip:
        say(_("{number} belongs to {slip} of {order}.").format(number=done.number, slip=done.slip, order=done.order))
    else:
        say(_("{number} is entered; it has no slip yet.").format(number=done.number))
    for warning in done.warnings:
        say(warning)


@group.command(
    "return",
    help=_("Take a pad back: sheets behind the last entered one are blank, or from --blank-from on."),
    epilog=example("ordersdesk pads return H0000123", "ordersdesk pads return H0000123 --blank-from H0000140"),
)
def take_back(
    ctx: typer.Context,
    number: Number,
    blank_from: Annotated[str, typer.Option(metavar="NUMBER", help=_("The first blank sheet."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.pads.actions import take_back as fetch

    setting = setting_of(ctx)
    done = fetch(acting(setting), number=number, blank_from=blank_from)
    if setting.json:
        tell_json(done)
        return
    blank = _("blank: {numbers}").format(numbers=done.blank) if done.blank else _("used up")
    say(_("{first} to {last} is back; {blank}.").format(first=done.first, last=done.last, blank=blank))


def add_to(app: typer.Typer) -> None:
    """Add the group `pads`."""
    app.add_typer(group, name="pads")
