"""`slips print|reprint|found|preview`: slips on paper, each once, and a look at them before (SLP-2, SLP-3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import day as day_of
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.cli.kit.papers import FORMS, Preview, Replace, To, place_of, show_pages
from ordersdesk.cli.slips.slips import group
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from ordersdesk.cli.kit.setting import Setting
    from ordersdesk.delivery.papers.actions import On, Printed

Numbers = Annotated[list[str], typer.Argument(metavar="SL…", help=_("The slips' numbers."))]
Form = Annotated[
    str,
    typer.Option(metavar="FORM", help=_("a4, a5, continuous, escp, thermal or text; as the policy says.")),
]
Copies = Annotated[
    str, typer.Option(metavar="LIST", help=_("white, pink, blue, yellow, with commas; as the policy says."))
]
Each = Annotated[bool, typer.Option("--each", help=_("In a folder, a file for every slip."))]


@group.command(
    "print",
    help=_("Print the slips that wait for their first paper; each is printed once, whoever else prints."),
    epilog=example(
        "ordersdesk slips print --wave 12:00",
        "ordersdesk slips print --route R1 --form escp --to needles",
        "ordersdesk slips print --number SL20261123-0001 --copies white,blue --to slip.pdf",
    ),
)
def print_(
    ctx: typer.Context,
    wave: Annotated[str, typer.Option(metavar="TIME", help=_("Of this wave, such as 12:00."))] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=_("That leave on this day."))] = "",
    route: Annotated[str | None, typer.Option(metavar="ROUTE", help=_("Of this route."))] = None,
    number: Annotated[list[str] | None, typer.Option(metavar="SL…", help=_("Only these; repeat it."))] = None,
    looked: Annotated[
        bool, typer.Option("--looked", help=_("Also what may be on paper already: it was looked for and is nowhere."))
    ] = False,
    form: Form = "",
    copies: Copies = "",
    to: To = "",
    each: Each = False,
    replace: Replace = False,
    preview: Preview = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import progress
    from ordersdesk.delivery.papers.actions import print_slips
    from ordersdesk.delivery.papers.job_actions import would_take
    from ordersdesk.delivery.slips.print_rules import Wanted

    if number and (wave or day or route is not None):
        raise typer.BadParameter(_("Name slips, or a wave, a day and a route."), param_hint="--number")
    setting = setting_of(ctx)
    on = _on(setting, form=form, copies=copies, to=to, each=each, replace=replace)
    wanted = Wanted(tuple(number or ()), wave, day_of(day) if day else None, route, looked=looked)
    desk = acting(setting)
    if preview:
        _show(ctx, would_take(desk, wanted), on.copies)
        return
    with progress(_("printing")) as step:
        done = print_slips(desk, wanted, on, step=step)
    _tell(done, as_json=setting.json)


@group.command(
    "reprint",
    help=_("Print slips again: marked and counted as reprints; nothing else changes."),
    epilog=example("ordersdesk slips reprint SL20261123-0001 --why 'torn at the gate' --copies yellow"),
)
def reprint_(
    ctx: typer.Context,
    numbers: Numbers,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("Why it is printed again."))] = "",
    form: Form = "",
    copies: Copies = "",
    to: To = "",
    each: Each = False,
    replace: Replace = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import progress
    from ordersdesk.delivery.papers.actions import reprint

    setting = setting_of(ctx)
    on = _on(setting, form=form, copies=copies, to=to, each=each, replace=replace)
    desk = acting(setting)
    with progress(_("printing")) as step:
        done = reprint(desk, numbers, on, why=why, step=step)
    _tell(done, as_json=setting.json)


@group.command(
    "found",
    help=_("Say that the paper of slips is there, whose printing never said how it went; nothing is printed."),
    epilog=example("ordersdesk slips found SL20261123-0001"),
)
def found_(ctx: typer.Context, numbers: Numbers) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.papers.actions import paper_found

    setting = setting_of(ctx)
    found = paper_found(acting(setting), numbers)
    if setting.json:
        tell_json({"printed": found})
        return
    for number in found:
        say(_("{number} is printed: its paper is there.").format(number=number))


@group.command(
    "preview",
    help=_("Show slips exactly as the text form prints them; nothing is printed."),
    epilog=example("ordersdesk slips preview SL20261123-0001 --copies blue"),
)
def preview_(ctx: typer.Context, numbers: Numbers, copies: Copies = "") -> None:
    _show(ctx, numbers, _plies(copies))


def _on(setting: Setting, *, form: str, copies: str, to: str, each: bool, replace: bool) -> On:
    from ordersdesk.delivery.papers.actions import On

    one_of("--form", form, FORMS)
    own = setting.home / "forms"
    return On(to=place_of(setting, to), form=form, copies=_plies(copies), own=own, each=each, replace=replace)


def _plies(copies: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (ply.strip().lower() for ply in copies.split(",")))))


def _show(ctx: typer.Context, numbers: Sequence[str], copies: Sequence[str]) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say
    from ordersdesk.delivery.papers.actions import preview

    setting = setting_of(ctx)
    pages = preview(acting(setting), numbers, copies)
    if pages or setting.json:
        show_pages(ctx, numbers, pages)
    else:
        say(_("No slip waits for its paper."))


def _tell(done: Printed, *, as_json: bool) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.texts.language import ngettext

    if as_json:
        tell_json(done)
    else:
        if not done.numbers and not done.skipped:
            say(_("No slip waits for its paper."))
        for number in done.numbers:
            say(number)
        if done.numbers:
            many = ngettext("{count} slip printed: {places}", "{count} slips printed: {places}", len(done.numbers))
            say(many.format(count=len(done.numbers), places=word_list(done.places)))
        for slip in done.skipped:
            say(_("{number} was not printed: {why}").format(number=slip.number, why=slip.why))
        if done.failed:
            say(done.failed)
    if done.failed:
        raise typer.Exit(1)


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `slips`."""
