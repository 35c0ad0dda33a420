"""`pads check`: missing, doubled and unpaired numbers, and amounts that differ (SLP-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.pads.pads import group
from ordersdesk.foundation.texts.language import _, pgettext

if TYPE_CHECKING:
    from ordersdesk.delivery.pads.check_queries import Listed, PadsCheck
    from ordersdesk.foundation.desk import Desk


@group.command(
    "check",
    help=_("List missing, doubled and unpaired numbers and amounts that differ; exit code 1 when there are any."),
    epilog=example("ordersdesk pads check", "ordersdesk pads check --json"),
)
def check(ctx: typer.Context) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.delivery.pads.check_queries import pads_check

    setting = setting_of(ctx)
    desk = acting(setting)
    found = pads_check(desk)
    if setting.json:
        tell_json({"ok": found.is_clean, **vars(found)})
    else:
        _tell_check(desk, found)
    if not found.is_clean:
        raise typer.Exit(1)


def _tell_check(desk: Desk, found: PadsCheck) -> None:
    from ordersdesk.cli.kit.telling import say, tell_table
    from ordersdesk.people.names import person

    if found.is_clean:
        say(_("No handwritten number is missing, doubled or unpaired."))
    if found.missing:
        tell_table(
            [pgettext("pad", "Missing"), _("Sheets"), _("Who has it"), _("Issued")],
            ((o.numbers, o.count, person(desk, o.login), o.issued_on) for o in found.missing),
        )
    for title, numbers in ((_("Doubled"), found.doubled), (_("Unpaired"), found.unpaired)):
        if numbers:
            columns = [title, _("Written"), _("Reason"), _("For"), _("Amount"), _("By")]
            tell_table(columns, (_line(desk, one) for one in numbers))
    if found.differing:
        columns = [_("Amounts differ"), _("Handwritten"), _("Written"), _("Slip"), _("Difference")]
        tell_table(columns, ((o.slip, o.numbers, o.written, o.total, o.difference) for o in found.differing))


def _line(desk: Desk, one: Listed) -> tuple[object, ...]:
    from ordersdesk.delivery.pads.rules import reason_said
    from ordersdesk.people.names import person

    reason = reason_said(one.reason, one.note, spoiled=one.spoiled)
    return one.number, one.written_on, reason, one.about, one.amount or "", person(desk, one.entered_by)


def add_to(_app: typer.Typer) -> None:
    """The command belongs to the group `pads`."""
