"""Commands of a kind of document, made from its declaration: list, show, and what people do with one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ordersdesk.cli.frame.helping import Commands, Group
from ordersdesk.cli.kit.listing import AtMost
from ordersdesk.cli.kit.options import example, one_of, setting_of
from ordersdesk.cli.kit.papers import On, Preview, Replace, To, issue_papers
from ordersdesk.documents.fields import Field, Takes
from ordersdesk.foundation.texts.language import _

if TYPE_CHECKING:
    from ordersdesk.documents.kind import Act, Column, Kind

METAVARS = {
    Takes.TEXT: "TEXT", Takes.NOTE: "TEXT", Takes.COUNT: "N", Takes.AMOUNT: "AMOUNT", Takes.DAY: "DAY",
    Takes.CHOICE: "WORD",
}  # fmt: skip


def commands_of(kind: str, *, name: str, help: str) -> Commands:
    """Return the group of a kind; the kind itself is loaded when one of the commands is wanted."""

    class Made(Group):
        """Finds the commands of the kind when they are first asked for."""

        @cached_property
        def made(self) -> dict[str, Any]:
            """The commands by name."""
            from ordersdesk.kinds import KINDS

            group: Any = typer.main.get_group(_made(KINDS[kind], name))
            return group.commands

        def list_commands(self, ctx: Any) -> list[str]:
            """Name the commands."""
            return [*self.made]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """Return one of them."""
            return self.made.get(cmd_name)

    return Commands(cls=Made, help=help, no_args_is_help=True, epilog=example(f"ordersdesk {name} list"))


def _made(kind: Kind, group: str) -> Commands:
    made = Commands()
    for act in kind.acts:
        shown = act.example or act.name
        made.command(act.name, help=_(act.help), epilog=example(f"ordersdesk {group} {shown}"))(_doing(kind, act))
    listing = [f"ordersdesk {group} list", f"ordersdesk {group} list --all"]
    made.command("list", help=_("List what nobody has finished with; --all the rest too."), epilog=example(*listing))(
        _listing(kind)
    )
    shown = example(f"ordersdesk {group} show {kind.flow.prefix}20261123-0001")
    made.command("show", help=_("Show one with its whole story."), epilog=shown)(_showing(kind))
    if kind.signatures:
        printed = example(f"ordersdesk {group} print {kind.flow.prefix}20261123-0001 --preview")
        made.command("print", help=_("Print them, each on a paper to sign."), epilog=printed)(_printing(kind))
    return made


def _command(run: Callable[..., None], parameters: Sequence[inspect.Parameter]) -> Callable[..., None]:
    """Return a function that takes these parameters, as Typer reads a command's from its signature."""

    def called(**given: Any) -> None:
        run(given.pop("ctx"), **given)

    ctx = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    called.__signature__ = inspect.Signature([ctx, *parameters])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in (ctx, *parameters)}
    return called


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _number(kind: Kind) -> inspect.Parameter:
    said = _("Its number.")
    return _parameter("number", Annotated[str, typer.Argument(metavar=f"{kind.flow.prefix}…", help=said)])


# --- doing


def _doing(kind: Kind, act: Act) -> Callable[..., None]:
    def run(ctx: typer.Context, number: str = "", **typed: str) -> None:
        from ordersdesk.cli.kit.opening import acting

        setting = setting_of(ctx)
        desk = acting(setting)
        if number:
            typed = {"number": number, **typed}
        given = {one.name: one.value(typed[one.name], desk.today()) for one in act.fields}
        _tell_done(kind, act.do(desk, **({"number": typed["number"]} if act.verbs else {}), **given), setting.json)

    numbered = [_number(kind)] if act.verbs else []
    return _command(run, [*numbered, *map(_of_field, act.fields)])


def _of_field(field: Field) -> inspect.Parameter:
    """Return how a field is typed: by its place, or as an option."""
    if field.place:
        return _parameter(field.name, Annotated[str, typer.Argument(metavar=field.place, help=_(field.help))])
    option = typer.Option(f"--{field.name.replace('_', '-')}", metavar=METAVARS[field.takes], help=_(field.help))
    default = inspect.Parameter.empty if field.required else field.default
    return _parameter(field.name, Annotated[str, option], default)


def _tell_done(kind: Kind, done: Any, as_json: bool) -> None:
    from ordersdesk.cli.kit.telling import say, tell_json

    if as_json:
        tell_json(done)
    else:
        say(kind.told(done))


# --- listing


def _listing(kind: Kind) -> Callable[..., None]:
    filters = [column for column in kind.columns if column.filter]

    def run(ctx: typer.Context, limit: int, everything: bool = False, **chosen: str) -> None:
        from ordersdesk.cli.kit.opening import acting
        from ordersdesk.cli.kit.telling import tell_json, tell_table, within
        from ordersdesk.documents.values import value

        for column in filters:
            one_of(f"--{column.name}", chosen[column.name], kind.words(column))
        desk = acting(setting_of(ctx))
        found = within(_found(kind, desk, chosen, everything=everything, limit=limit + 1), limit)
        if setting_of(ctx).json:
            tell_json(list(found))
            return
        rows = ([value(kind, column, one, desk) for column in kind.columns] for one in found)
        tell_table([_(column.title) for column in kind.columns], rows, empty=_(kind.nothing))

    options = [_filter(kind, column) for column in filters]
    return _command(run, [*options, *_everything(kind), _parameter("limit", AtMost, 200)])


def _filter(kind: Kind, column: Column) -> inspect.Parameter:
    words = "|".join(kind.words(column))
    option = typer.Option(f"--{column.name}", metavar=words, help=_("Only those with this word."))
    return _parameter(column.name, Annotated[str, option], "")


def _everything(kind: Kind) -> list[inspect.Parameter]:
    option = typer.Option("--all", help=_("What is finished too."))
    return [_parameter("everything", Annotated[bool, option], False)] if kind.is_open else []


def _found(kind: Kind, desk: Any, chosen: dict[str, str], *, everything: bool, limit: int) -> list[Any]:
    assert kind.store is not None
    table = kind.store.table
    where = [table.c[name] == word for name, word in chosen.items() if word]
    if kind.is_open and not everything and not chosen.get("state"):  # who names a state wants all of them
        where.append(kind.is_open(table))
    return kind.store.listed(desk, *where, limit=limit)


# --- printing


def _printing(kind: Kind) -> Callable[..., None]:
    def run(
        ctx: typer.Context, numbers: list[str], form: str, to: str, *, replace: bool = False, preview: bool = False
    ) -> None:
        from ordersdesk.cli.kit.opening import acting
        from ordersdesk.printing.forms.document_form import form_of

        desk = acting(setting_of(ctx))
        forms = [form_of(desk, kind, number) for number in numbers]
        issue_papers(ctx, forms, form, to, replace=replace, preview=preview)

    several = Annotated[list[str], typer.Argument(metavar=f"{kind.flow.prefix}…", help=_("Their numbers."))]
    options = [_parameter("form", On, "a4"), _parameter("to", To, "")]
    switches = [_parameter("replace", Replace, False), _parameter("preview", Preview, False)]
    return _command(run, [_parameter("numbers", several), *options, *switches])


# --- showing


def _showing(kind: Kind) -> Callable[..., None]:
    def run(ctx: typer.Context, number: str) -> None:
        from ordersdesk.cli.kit.opening import acting
        from ordersdesk.cli.kit.telling import plain, tell_json, tell_sheet, tell_table
        from ordersdesk.documents.story import moved, step
        from ordersdesk.documents.values import value
        from ordersdesk.people.names import person

        assert kind.store is not None
        desk = acting(setting_of(ctx))
        with desk.reading() as session:
            one = kind.store.by_number(desk, session, number)
            story = kind.store.story(session, one)
        if setting_of(ctx).json:
            tell_json({**plain(one), "story": story})
            return
        facts = [(_(column.title), value(kind, column, one, desk)) for column in kind.page]
        tell_sheet([(kind.heading(), one.number), (_("State"), _(kind.flow.states[one.state])), *facts])
        rows = (
            (row.at.astimezone(desk.zone), person(desk, row.by), step(kind, row), moved(kind, row), row.note)
            for row in story
        )
        tell_table([_("When"), _("By"), _("What"), _("State"), _("Note")], rows)

    return _command(run, [_number(kind)])
