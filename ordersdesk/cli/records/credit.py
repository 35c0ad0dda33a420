"""`customers credit …`: who may buy on monthly account, up to what, until when (CUS-7, CUS-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _, ngettext, pgettext, word_list

if TYPE_CHECKING:
    from ordersdesk.credit.actions import Applied
    from ordersdesk.credit.queries import Credit
    from ordersdesk.credit.review_actions import Reviewed
    from ordersdesk.foundation.desk import Desk

Number = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("The customer's number."))]
Limit = Annotated[str, typer.Option("--limit", metavar="AMOUNT", help=_("The credit limit."))]
Days = Annotated[str, typer.Option("--days", metavar="DAYS", help=_("Days until what was bought is paid."))]

group = Commands(
    help=_("Monthly accounts: apply, show, review; who asked for one."),
    no_args_is_help=True,
    epilog=example("ordersdesk customers credit show C000017"),
)


@group.command(
    "apply",
    help=_("Apply for a monthly account; manager, sales management, finance and branch GM decide."),
    epilog=example('ordersdesk customers credit apply C000017 --limit 20000 --days 30 --report "Pays well."'),
)
def apply(
    ctx: typer.Context,
    customer: Number,
    limit: Limit = "",
    days: Days = "",
    report: Annotated[str, typer.Option("--report", metavar="TEXT", help=_("The sales rep's report."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.credit.actions import apply as ask

    setting = setting_of(ctx)
    made = ask(acting(setting), customer=customer, limit=limit, days=days, report=report)
    if setting.json:
        tell_json(made)
    else:
        _tell_applied(made)


def _tell_applied(made: Applied) -> None:
    from ordersdesk.cli.kit.telling import say
    from ordersdesk.foundation.policy.roles import ROLE_NAMES
    from ordersdesk.foundation.texts.money import formatted

    facts = {"number": made.number, "customer": made.customer, "limit": formatted(made.credit_limit)}
    text = ngettext(
        "{number}: {customer}, up to {limit}, {days} day.",
        "{number}: {customer}, up to {limit}, {days} days.",
        made.credit_days,
    )
    say(text.format(days=made.credit_days, **facts))
    roles = dict.fromkeys(_(ROLE_NAMES.get(one.role, one.role)) for one in made.waits_for)
    say(_("Waits for: {roles}.").format(roles=word_list(roles)))


@group.command(
    "show",
    help=_("Show how a customer stands: terms, limit, what is open and left, what credit needs, applications."),
    epilog=example("ordersdesk customers credit show C000017 --json"),
)
def show(ctx: typer.Context, customer: Number) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.credit.queries import credit_of

    setting = setting_of(ctx)
    desk = acting(setting)
    found = credit_of(desk, customer)
    if setting.json:
        tell_json(found)
    else:
        _tell(found, desk)


def _tell(one: Credit, desk: Desk) -> None:
    from ordersdesk.cli.kit.telling import tell_sheet, tell_table
    from ordersdesk.credit.flow import CREDIT_FLOW
    from ordersdesk.credit.names import terms_said
    from ordersdesk.people.names import person

    held = one.terms == "account" or one.has_lapsed
    tell_sheet(
        [
            (_("Customer"), f"{one.number} {one.name}"),
            (_("Terms"), terms_said(one.terms, has_lapsed=one.has_lapsed)),
            (_("Credit limit"), one.credit_limit if held else None),
            (_("Days of credit"), one.credit_days if held else None),
            (_("Next review"), one.review_on),
            (_("Open amount"), one.open),
            (_("Credit left"), one.left if held else None),
            (_("Overdue"), one.overdue),
        ]
    )
    needed = one.evidence.requirements
    tell_table(
        [_("Credit needs"), _("Met")], ((each.sentence(), _("yes") if each.is_met else _("no")) for each in needed)
    )
    if one.applications:
        rows = (
            (
                a.number, a.created_at.astimezone(desk.zone).date(), _(CREDIT_FLOW.states[a.state]), a.credit_limit,
                a.credit_days, person(desk, a.created_by), a.reason,
            )
            for a in one.applications
        )  # fmt: skip
        tell_table(
            [pgettext("document", "Number"), _("Day"), _("State"), _("Credit limit"), _("Days"), _("By"), _("Reason")],
            rows,
        )


@group.command(
    "review",
    help=_("List the reviews that are due; with a customer: keep, change or withdraw the credit. More is asked for."),
    epilog=example(
        "ordersdesk customers credit review",
        "ordersdesk customers credit review C000017",
        'ordersdesk customers credit review C000017 --limit 15000 --report "Buys less."',
    ),
)
def review(
    ctx: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("Whose credit; without: what is due."))] = "",
    limit: Annotated[str | None, typer.Option("--limit", metavar="AMOUNT", help=_("Another limit."))] = None,
    days: Annotated[str | None, typer.Option("--days", metavar="DAYS", help=_("Other days of credit."))] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_("No credit any more: prepaid."))] = False,
    report: Annotated[str, typer.Option("--report", metavar="TEXT", help=_("Why."))] = "",
    ahead: Annotated[int, typer.Option("--ahead", min=0, max=366, help=_("List what falls due in so many days."))] = 0,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.credit.review_actions import Review
    from ordersdesk.credit.review_actions import review as decide

    if not customer:
        if limit is not None or days is not None or withdraw or report:
            raise typer.BadParameter(_("Say whose credit is reviewed."), param_hint="CUSTOMER")
        _tell_due(ctx, ahead)
        return
    setting = setting_of(ctx)
    decided = Review(limit=limit, days=days, withdraw=withdraw, report=report)
    done = decide(acting(setting), customer=customer, decided=decided)
    if setting.json:
        tell_json(done)
    elif done.applied:
        _tell_applied(done.applied)
    else:
        _tell_reviewed(done)


def _tell_reviewed(done: Reviewed) -> None:
    from ordersdesk.cli.kit.telling import say
    from ordersdesk.credit.names import terms_said
    from ordersdesk.foundation.texts.money import formatted

    if done.terms == "account":
        text = ngettext(
            "{customer}: monthly account up to {limit}, {days} day; next review {day}.",
            "{customer}: monthly account up to {limit}, {days} days; next review {day}.",
            done.credit_days,
        )
        facts = {"limit": formatted(done.credit_limit), "days": done.credit_days, "day": done.review_on}
        say(text.format(customer=done.customer, **facts))
    else:
        say(_("{customer}: {terms} from now on.").format(customer=done.customer, terms=terms_said(done.terms)))


def _tell_due(ctx: typer.Context, ahead: int) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.credit.queries import reviews_due
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    found = reviews_due(desk, days_ahead=ahead)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [_("Number"), _("Name"), _("Sales rep"), _("Credit limit"), _("Overdue"), _("Review due"), _("Lapses")],
        (
            (
                o.number,
                o.name,
                person(desk, o.sales_rep),
                o.credit_limit,
                o.overdue,
                o.review_on or _("never set"),
                _lapses(o.lapses_on, o.has_lapsed),
            )
            for o in found
        ),
        empty=_("No review is due."),
    )


def _lapses(day: object, has_lapsed: bool) -> str:
    return _("lapsed {day}").format(day=day) if has_lapsed else str(day or "")


@group.command(
    "leads",
    help=_("List who asked for credit and waits for a sales rep's call; --keep adds one, --close ends one."),
    epilog=example(
        "ordersdesk customers credit leads --rep xu",
        "ordersdesk customers credit leads --keep C000017",
        'ordersdesk customers credit leads --close C000017 --note "too small yet"',
    ),
)
def leads(
    ctx: typer.Context,
    rep: Annotated[str, typer.Option("--rep", metavar="LOGIN", help=_("One sales rep's."))] = "",
    everything: Annotated[bool, typer.Option("--all", help=_("Also the closed."))] = False,
    keep: Annotated[str, typer.Option("--keep", metavar="CUSTOMER", help=_("This customer asks for credit."))] = "",
    close: Annotated[str, typer.Option("--close", metavar="CUSTOMER", help=_("This customer was called."))] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("What was said."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.credit import queries
    from ordersdesk.customers.records import lead_actions
    from ordersdesk.people.names import person

    if keep and close:
        raise typer.BadParameter(_("One of --keep and --close."), param_hint="--close")
    setting = setting_of(ctx)
    desk = acting(setting)
    if keep:
        lead_actions.keep_lead(desk, customer=keep, note=note)
    if close:
        lead_actions.close_lead(desk, customer=close, outcome=note)
    found = queries.leads(desk, sales_rep=rep, closed=everything)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [_("Number"), _("Name"), _("Sales rep"), _("Since"), _("Note"), _("What became of it")],
        ((o.number, o.name, person(desk, o.sales_rep), o.at.astimezone(desk.zone), o.note, o.outcome) for o in found),
        empty=_("Nobody waits for a call about credit."),
    )


def add_to(customers: typer.Typer) -> None:
    """Add the commands of this module to the group `customers`."""
    customers.add_typer(group, name="credit")
