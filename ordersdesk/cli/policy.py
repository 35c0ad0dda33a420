"""`policy show` and `policy check`: every number in force, with its rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _, pgettext, with_rule, word_list
from ordersdesk.foundation.texts.refusals import Refused

if TYPE_CHECKING:
    from ordersdesk.foundation.policy.policy import Policy, Row

WIDEST = 60  # columns of a value: holidays are a long list


def show(
    ctx: typer.Context,
    section: Annotated[str, typer.Argument(metavar="SECTION", help=_("Only this section, such as delivery."))] = "",
) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.foundation.policy.policy import load

    setting = setting_of(ctx)
    if section == "approvals":
        _show_approvals(ctx)
        return
    chosen = [row for row in _rows(load(setting.policy_file)) if not section or row.key.startswith(section)]
    if setting.json:
        tell_json([row._asdict() for row in chosen])
        return
    tell_table(
        [pgettext("policy", "Key"), _("Value"), _("Rule"), _("From")],
        chosen,
        empty=_("The policy has no such section."),
        widest=WIDEST,
    )


def _rows(policy: Policy) -> list[Row]:
    from ordersdesk.foundation.policy.policy import rows
    from ordersdesk.kinds import OCCASIONS

    return rows(policy, {f"approvals.{one.name}": one.rule for one in OCCASIONS.values()})


def _show_approvals(ctx: typer.Context) -> None:
    """Print the matrix: on which occasion, from which threshold on, who answers within how many minutes."""
    from ordersdesk.approvals.matrix import matrix
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.foundation.policy.policy import load
    from ordersdesk.foundation.policy.roles import ROLE_NAMES
    from ordersdesk.kinds import OCCASIONS

    setting = setting_of(ctx)
    rows = matrix(load(setting.policy_file), OCCASIONS.values())
    if setting.json:
        tell_json(rows)
        return
    columns = [
        _("Occasion"),
        pgettext("policy", "Key"),
        _("Rule"),
        _("Threshold"),
        _("Role"),
        _("Working minutes"),
        _("Answers for it"),
    ]
    tell_table(
        columns,
        (
            (_(row.label), row.occasion, row.rule, row.threshold, _(ROLE_NAMES[row.role]), row.minutes, row.answerable)
            for row in rows
        ),
        widest=WIDEST,
    )


def check(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=_("The site's file; else the home's."))] = None,
) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.policy.policy import faults, load, missing

    setting = setting_of(ctx)
    site = file or setting.policy_file
    wrong = faults(site) if site else []
    if wrong:
        _tell_wrong(wrong, as_json=setting.json)
        raise typer.Exit(1)
    policy = load(site)
    changed = [row for row in _rows(policy) if row.source != "policy.toml"]
    if setting.json:
        tell_json({"ok": True, "changed": [row._asdict() for row in changed], "missing": missing(policy)})
        return
    say(_("The policy is in order; {count} values differ from the defaults.").format(count=len(changed)))
    for row in changed:
        say(with_rule(f"  {row.key} = {row.value}", row.rule))
    if empty := missing(policy):
        say(_("Still empty, and left out of the papers: {keys}.").format(keys=word_list(empty)))


def _tell_wrong(wrong: list[Refused], *, as_json: bool) -> None:
    from ordersdesk.cli.frame.refusing import refusal, tell_refusal
    from ordersdesk.cli.kit.telling import tell_json

    if as_json:
        tell_json({"ok": False, **refusal(wrong[0]), "faults": [refusal(each)["refused"] for each in wrong]})
        return
    for each in wrong:
        tell_refusal(each, as_json=False)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = Commands(
        help=_("The numbers the rules use."), no_args_is_help=True, epilog=example("ordersdesk policy show")
    )
    group.command(
        "show",
        help=_("List every value in force, its rule, and where it comes from."),
        epilog=example("ordersdesk policy show delivery", "ordersdesk policy show approvals"),
    )(show)
    group.command(
        "check",
        help=_("Check a site's policy file before it is put to use."),
        epilog=example("ordersdesk policy check new-policy.toml"),
    )(check)
    app.add_typer(group, name="policy")
