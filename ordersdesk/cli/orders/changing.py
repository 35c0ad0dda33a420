"""`orders change|cancel|regret`: what was agreed is changed, called off or pulled back, as on screen (CHG-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _, with_rule

if TYPE_CHECKING:
    from ordersdesk.orders.changes.actions import Requested
    from ordersdesk.orders.changes.plan.comparison import Comparison


@group.command(
    "change",
    help=_("Ask for a change from a JSON file, or from stdin (-); --dry-run shows old and new side by side."),
    epilog=example("ordersdesk orders change change.json --dry-run", "ordersdesk orders change --schema"),
)
def change(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.json|-", help=_("The change; - reads stdin."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what it would do; write nothing."))] = False,
    schema: Annotated[bool, typer.Option("--schema", help=_("Print the JSON schema of a change."))] = False,
) -> None:
    from ordersdesk.changing import request
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.cli.orders.drafting import change_from
    from ordersdesk.orders.changes.queries import compare
    from ordersdesk.orders.terms.change_draft import Change

    if schema:
        tell_json(Change.model_json_schema())
        return
    if not file:
        raise typer.BadParameter(_("Name a file, or - for stdin."), param_hint="FILE.json")
    setting = setting_of(ctx)
    desk = acting(setting)
    wanted = change_from(file)
    if dry_run:
        _tell_compared(compare(desk, wanted), as_json=setting.json)
        return
    _tell_requested(request(desk, wanted), as_json=setting.json)


@group.command(
    "cancel",
    help=_("Cancel an order: at once while it is not confirmed, by approval afterwards."),
    epilog=example('ordersdesk orders cancel SO20261123-0001 --reason "ordered twice"'),
)
def cancel(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))],
    reason: Annotated[str, typer.Option("--reason", help=_("Why it is cancelled."))] = "",
) -> None:
    from ordersdesk.changing import call_off
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json

    setting = setting_of(ctx)
    done = call_off(acting(setting), number=number, reason=reason)
    if done.request:
        _tell_requested(done.request, as_json=setting.json)
    elif setting.json:
        tell_json({"order": done.order, "state": done.state})
    else:
        say(_("{number} is cancelled.").format(number=done.order))


@group.command(
    "regret",
    help=_("Pull an order back within a minute of submitting it: it is a draft again, with its number."),
    epilog=example("ordersdesk orders regret SO20261123-0001"),
)
def regret(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.orders.changes.regret_actions import regret

    setting = setting_of(ctx)
    done = regret(acting(setting), number)
    if setting.json:
        tell_json(done)
    else:
        say(_("{number} is a draft again; pieces set free: {pieces}.").format(number=done.number, pieces=done.freed))


def _tell_requested(done: Requested, *, as_json: bool) -> None:
    from ordersdesk.approvals.rules import waits_for
    from ordersdesk.cli.kit.telling import say, tell_json, tell_sheet
    from ordersdesk.orders.changes.plan.rules import LEVELS
    from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
    from ordersdesk.orders.terms.flow import ORDER_FLOW

    if as_json:
        tell_json(done)
        return
    tell_sheet(
        [
            (_("Change request"), done.number),
            (_("Order"), done.order),
            (_("State"), _(CHANGE_FLOW.states[done.state])),
            (_("Level"), _(LEVELS[done.level])),
            (_("Order state"), _(ORDER_FLOW.states[done.order_state])),
            (_("Total before"), done.old_total),
            (_("Total after"), done.new_total),
            (_("Promise"), done.promise),
        ]
    )
    for one in done.waits:
        say(waits_for(one.role, one.sentence, one.rule))


def _tell_compared(found: Comparison, *, as_json: bool) -> None:
    from ordersdesk.cli.frame.refusing import refusal
    from ordersdesk.cli.kit.telling import plain, tell_json
    from ordersdesk.orders.assessment.case import NotReady

    against = NotReady(found.findings) if found.findings else None
    if as_json:
        tell_json(plain(found) | {"findings": refusal(against)["refused"]["findings"] if against else []})
    else:
        _tell_sides(found)
        _tell_level(found)
    if against and as_json:
        raise typer.Exit(1)
    if against:
        raise against


def _tell_level(found: Comparison) -> None:
    from ordersdesk.cli.kit.telling import say
    from ordersdesk.foundation.policy.roles import ROLE_NAMES
    from ordersdesk.orders.changes.plan.rules import LEVELS

    level = _(LEVELS[found.level])
    say(with_rule(_("Level {level}: {reason}").format(level=level, reason=found.why), found.rule))
    for one in found.approvers:
        who = _(ROLE_NAMES.get(one.role, one.role))
        say(with_rule(_("Needs {role}: {reason}").format(role=who, reason=one.sentence), one.rule))
    if found.at_once:
        say(_("It would be applied at once."))


def _tell_sides(found: Comparison) -> None:
    from ordersdesk.cli.kit.telling import say, tell_table

    tell_table(
        [_("Line"), _("Code"), _("Name"), _("Quantity"), _("New quantity"), _("Amount"), _("New amount"), _("Short")],
        (
            (
                pair.position,
                _arrow(pair.old.code if pair.old else "", pair.new.code),
                pair.new.full_name,
                pair.old.quantity if pair.old else "",
                pair.new.quantity,
                pair.old.amount if pair.old else "",
                pair.new.amount,
                pair.short or "",
            )
            for pair in found.lines
        ),
    )
    tell_table(
        ["", _("Was"), _("Will be")],
        [
            *((_(pair.label), pair.old, pair.new) for pair in found.heads),
            (_("Goods"), found.old_goods, found.new_goods),
            (_("Delivery fee"), found.old_fee, found.new_fee),
            (_("Total"), found.old_total, found.new_total),
            (_("Promise"), found.old_promise, found.new_promise),
        ],
    )
    if found.warning:
        say(found.warning)


def _arrow(old: str, new: str) -> str:
    return new if old in ("", new) else f"{old} → {new}"


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `orders`."""
