"""`flows [KIND]`: the life of every kind of document, as a table or a diagram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from ordersdesk.foundation.flow import Flow, Verb

WIDEST = 44  # cells of a column; the roles of a verb are folded


def flows(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("Only this kind of document, such as order."))] = "",
    mermaid: Annotated[bool, typer.Option("--mermaid", help=_("Print a Mermaid diagram."))] = False,
) -> None:
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.kinds import KINDS

    one_of("KIND", kind, KINDS)
    chosen = [found.flow for name, found in KINDS.items() if kind in ("", name)]
    if mermaid:
        for flow in chosen:
            print("\n".join(diagram(flow)))
        return
    if setting_of(ctx).json:
        tell_json([_plain(flow) for flow in chosen])
        return
    tell_table(
        [_("Document"), _("Verb"), _("State before"), _("State after"), _("Roles"), _("Rule"), _("Key")],
        (_row(flow, verb) for flow in chosen for verb in flow.verbs),
        widest=WIDEST,
    )


def _row(flow: Flow, verb: Verb) -> tuple[str, ...]:
    def states(names: tuple[str, ...]) -> str:
        return word_list(_(flow.states[name]) for name in names)

    reached = states(verb.to) or _("as before")
    return (_(flow.title), _(verb.label), states(verb.from_), reached, _roles(verb), verb.rule, verb.key)


def _roles(verb: Verb) -> str:
    from ordersdesk.foundation.policy.roles import EVERYBODY, ROLE_NAMES

    if verb.roles == EVERYBODY:
        return _("everybody")
    return word_list(_(name) for role, name in ROLE_NAMES.items() if role in verb.roles)


def _plain(flow: Flow) -> dict[str, Any]:
    verbs = [
        {"verb": verb.name, "from": verb.from_, "to": verb.to, "roles": sorted(verb.roles), "rule": verb.rule,
         "key": verb.key}
        for verb in flow.verbs
    ]  # fmt: skip
    return {"kind": flow.kind, "start": flow.start, "states": list(flow.states), "verbs": verbs}


def diagram(flow: Flow) -> Iterator[str]:
    """Give a flow as the lines of a Mermaid state diagram."""
    yield "stateDiagram-v2"
    yield from (f'    state "{_(label)}" as {name}' for name, label in flow.states.items())
    yield f"    [*] --> {flow.start}"
    left = set[str]()
    for verb in flow.verbs:
        for state in verb.from_:
            for reached in verb.to or (state,):
                left |= {state} if reached != state else set()
                yield f"    {state} --> {reached}: {_(verb.label)} ({verb.rule})"
    yield from (f"    {name} --> [*]" for name in flow.states if name not in left)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "flows",
        help=_("Show the states of every kind of document and the verbs between them."),
        epilog=example("ordersdesk flows order", "ordersdesk flows order --mermaid"),
    )(flows)
