"""Help pages in the language being spoken, also where Typer itself says something on them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ordersdesk.cli.frame.usage import no_command
from ordersdesk.foundation.texts.language import N_, _

_PIECES = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
_VALUES = {"str": "TEXT", "list[str]": "TEXT", "Path": "FILE", "int": "NUMBER", "float": "NUMBER"}


class Command(TyperCommand):
    """A command whose help page speaks the desk's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the command is called."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the page."""
        return _spoken(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _head_in_language()
        _values_named(self, ctx)
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help page speaks the desk's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command by its name; say so when there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(no_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the group is called."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the page."""
        return _spoken(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _head_in_language()
        _values_named(self, ctx)
        super().format_help(ctx, formatter)


class Commands(typer.Typer):
    """Makes such groups and commands."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("cls", Group)
        super().__init__(**settings)

    def command(self, name: str | None = None, **settings: Any) -> Any:
        """Add a command."""
        settings.setdefault("cls", Command)
        return super().command(name, **settings)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    for piece in _PIECES:
        pieces = pieces.replace(piece, _(piece))
    formatter.write_usage(ctx.command_path, pieces, _("Usage: "))


def _spoken(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


def _values_named(command: Any, ctx: Any) -> None:
    """Name beside an option what it takes, not by Python's types; a switch takes nothing, an argument has its name."""
    for param in command.get_params(ctx):
        if param.param_type_name == "argument" or getattr(param, "is_flag", False):
            param.display_type = _nothing
        elif param.metavar is None and (name := _VALUES.get(param.bare_type())):
            param.metavar = name


def _nothing(_ctx: Any) -> None:
    """An argument is called by its name, and a switch takes nothing."""


def _head_in_language() -> None:
    """Head the boxes of the page; only here, since these are loaded for help and for nothing else."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.highlighter = _folded  # Chinese has no blanks: what is longer than its line was cut
    rich_utils.RANGE_STRING = ""  # it takes the room of what the option does; a number outside it is refused in words
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")


def _folded(text: Any) -> Any:
    from typer.rich_utils import OptionHighlighter

    made = OptionHighlighter()(text)
    made.overflow = "fold"
    return made
