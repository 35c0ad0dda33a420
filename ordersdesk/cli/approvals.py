"""`approvals list|grant|deny|withdraw|code|answered`: what waits for my yes, and answering it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.listing import AtMost, Occasion
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.foundation.texts.language import _, clause_list, word_list

if TYPE_CHECKING:
    from ordersdesk.approvals.queries import Waits
    from ordersdesk.deciding import Decided
    from ordersdesk.foundation.desk import Desk

group = Commands(
    help=_("Approvals: what waits for my yes."), no_args_is_help=True, epilog=example("ordersdesk approvals list")
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The document's number, such as SO20261123-0001."))]
Seen = Annotated[
    int, typer.Option("--seen", metavar="VERSION", min=0, help=_("The version that was looked at; else as it is now."))
]


@group.command(
    "list",
    help=_("List what waits for my roles: key customers first, then what is due."),
    epilog=example("ordersdesk approvals list --reason large_order", "ordersdesk approvals list --json"),
)
def waiting(
    ctx: typer.Context,
    reason: Occasion = "",
    limit: AtMost = 100,
) -> None:
    from ordersdesk.approvals.queries import queue, waiting_count
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.kinds import OCCASIONS

    one_of("--reason", reason, OCCASIONS)
    setting = setting_of(ctx)
    desk = acting(setting)
    rows = queue(desk, occasion=reason, limit=limit)
    if setting.json:
        tell_json(rows)
        return
    _tell_waiting(rows, desk)
    if len(rows) == limit:
        say(_("{shown} of {found} approvals.").format(shown=len(rows), found=waiting_count(desk)))


def _tell_waiting(rows: Sequence[Waits], desk: Desk) -> None:
    from ordersdesk.approvals.rules import KEY_CUSTOMER
    from ordersdesk.cli.kit.telling import tell_table
    from ordersdesk.people.names import person

    tell_table(
        [
            _("Document"), _("Version"), _("Customer"), _("Key customer"), _("Amount"), _("Why"), _("Rule"),
            _("Answer until"), _("Asked by"),
        ],
        (
            (
                row.document, row.document_version, row.about, row.rank == KEY_CUSTOMER, row.amount, row.sentence,
                row.rule, row.due_at.astimezone(desk.zone), person(desk, row.asked_by),
            )
            for row in rows
        ),
        empty=_("Nothing waits for you."),
    )  # fmt: skip


@group.command(
    "grant",
    help=_("Say yes to what a document waits for from my roles, or with a code the approver read out."),
    epilog=example(
        "ordersdesk approvals grant SO20261123-0001", "ordersdesk approvals grant SO20261123-0001 --code 481516"
    ),
)
def grant(
    ctx: typer.Context,
    number: Number,
    seen: Seen = 0,
    reason: Annotated[str, typer.Option(help=_("A word about it, if any."))] = "",
    code: Annotated[str, typer.Option(metavar="CODE", help=_("The approver's code; the decision is theirs."))] = "",
) -> None:
    from ordersdesk import deciding
    from ordersdesk.asked import kind_of, version_of
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    kind = kind_of(number)
    if code:
        _tell(ctx, deciding.grant_by_code(desk, kind, number, code=code))
        return
    version = seen or version_of(desk, kind, number)
    _tell(ctx, deciding.grant(desk, kind, number, seen_version=version, reason=reason))


@group.command(
    "deny",
    help=_("Say no with a reason: the document goes back to whoever asked."),
    epilog=example("ordersdesk approvals deny SO20261123-0001 --reason 'pay the old invoice first'"),
)
def deny(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help=_("Why, in words for the customer."))] = "",
    seen: Seen = 0,
) -> None:
    from ordersdesk import deciding
    from ordersdesk.asked import kind_of, version_of
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    kind = kind_of(number)
    version = seen or version_of(desk, kind, number)
    _tell(ctx, deciding.deny(desk, kind, number, seen_version=version, reason=reason))


@group.command(
    "withdraw",
    help=_("Take back what was asked about a document."),
    epilog=example("ordersdesk approvals withdraw CR20261123-0001 --reason 'the report comes later'"),
)
def withdraw(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help=_("Why it is taken back."))] = "",
) -> None:
    from ordersdesk import deciding
    from ordersdesk.asked import kind_of
    from ordersdesk.cli.kit.opening import acting

    _tell(ctx, deciding.withdraw(acting(setting_of(ctx)), kind_of(number), number, reason=reason))


def _tell(ctx: typer.Context, made: Decided) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.texts.language import ngettext
    from ordersdesk.kinds import KINDS

    if setting_of(ctx).json:
        tell_json(made)
        return
    state = _(KINDS[made.kind].flow.states[made.state])
    say(_("{document} is {state}.").format(document=made.number, state=state))
    if made.left:
        text = ngettext("It still waits for {count} yes.", "It still waits for {count} more.", made.left)
        say(text.format(count=made.left))


@group.command(
    "code",
    help=_("Make a code to read out over the phone: good once, for this document as it is, for some minutes."),
    epilog=example("ordersdesk approvals code SO20261123-0001"),
)
def code(ctx: typer.Context, number: Number) -> None:
    from ordersdesk import deciding
    from ordersdesk.asked import kind_of
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json

    setting = setting_of(ctx)
    desk = acting(setting)
    made = deciding.make_code(desk, kind_of(number), number)
    minutes = desk.policy.approvals.code_minutes
    if setting.json:
        tell_json({"code": made, "minutes": minutes})
        return
    say(made)
    say(_("Good once, for {minutes} minutes, for this document and amount.").format(minutes=minutes))


@group.command(
    "answered",
    help=_("List by whose yes goods left unpaid: who approves, answers."),
    epilog=example("ordersdesk approvals answered --by wang"),
)
def answered(
    ctx: typer.Context,
    by: Annotated[str, typer.Option(metavar="LOGIN", help=_("Only this approver."))] = "",
    limit: AtMost = 1000,
) -> None:
    from ordersdesk.approvals.queries import answered_for
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.kinds import OCCASIONS
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    rows = answered_for(desk, approver=by, limit=limit)
    if setting.json:
        tell_json(rows)
        return

    def said(several: str) -> str:
        return word_list(_(OCCASIONS[each].label) for each in several.split(", "))

    columns = [_("Approver"), _("Document"), _("Customer"), _("Amount")]
    tell_table(
        [*columns, _("Why"), _("When"), _("Code typed by"), _("Reason")],
        (
            (person(desk, row.approver), row.document, row.about, row.amount, said(row.occasion),
             row.at.astimezone(desk.zone), row.by_code and person(desk, row.by_code), clause_list(row.reasons))
            for row in rows
        ),
    )  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(group, name="approvals")
