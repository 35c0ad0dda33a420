"""`calls`: the calls of a day, each with its moments, what it was about and what came of it (CAL-1)."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Annotated

import typer

from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _, pgettext, word_list


def calls(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--day", metavar="DAY", help=_("Of this day; today without it."))] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("At most so many."))] = 1000,
) -> None:
    from ordersdesk.calls.queries import of_day
    from ordersdesk.calls.rules import CALL_FLOW, ENDINGS, OUTCOMES
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json, tell_table
    from ordersdesk.people.names import person

    setting = setting_of(ctx)
    desk = acting(setting)
    found = of_day(desk, day_of(day) if day else desk.today(), limit=limit)
    if setting.json:
        tell_json(found)
        return
    columns = [
        pgettext("document", "Number"),
        _("Customer"),
        _("Agent"),
        _("Rang"),
        _("Answered"),
        _("Ended"),
        _("Called about"),
    ]
    tell_table(
        [*columns, _("Outcome"), _("Documents"), _("Note")],
        (
            (o.presented, o.customer, person(desk, o.agent),
             *(_at(at, desk.zone) for at in (o.rang_at, o.answered_at, o.ended_at)),
             _(OUTCOMES.get(o.reason, "–")), _(ENDINGS.get(o.outcome, CALL_FLOW.states[o.state])),
             word_list(o.documents), o.note)
            for o in found
        ),
    )  # fmt: skip
    silent = sum(one.rang_at is None for one in found)
    if silent:
        say(_("Without a telephone system: {count}; when they rang is not known.").format(count=silent))


def _at(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%H:%M:%S}" if moment else "–"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "calls",
        help=_("List the calls of a day: when each rang, was answered and ended, and what came of it."),
        epilog=example("ordersdesk calls", "ordersdesk calls --day 2026-11-23 --json"),
    )(calls)
