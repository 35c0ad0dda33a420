"""The Typer application: the common options, and the groups of commands under it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache
from io import TextIOWrapper
from typing import Annotated, Any, cast

import typer

from ordersdesk.cli import approvals, calls, flows, keys, kinds, policy
from ordersdesk.cli.access import signing, users
from ordersdesk.cli.desks import care, clock, desks
from ordersdesk.cli.exchange import moving
from ordersdesk.cli.frame.helping import Commands, Group
from ordersdesk.cli.frame.refusing import close_quietly, tell_refusal
from ordersdesk.cli.frame.usage import is_usage, tell_usage
from ordersdesk.cli.kit.options import Languages, common_help, example
from ordersdesk.cli.kit.setting import JSON, STDIN, VERBOSE, hoisted, resolved, warn_of_password
from ordersdesk.cli.orders import book, changing, noticing, orders, paying, promises, reviewing, sheets, whereabouts
from ordersdesk.cli.pads import outage, pads, pads_check
from ordersdesk.cli.records import lookups
from ordersdesk.cli.routes import road_back, routes
from ordersdesk.cli.slips import advising, carrying, dealing, picking, printing, road_papers, slips, waves
from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.own_files import guard_home
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


class Desk(Group):
    """Takes the common options wherever they stand, and lets refusals, `| head` and Ctrl-C end cleanly."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bring the common options to the front."""
        common, rest = hoisted(args)
        ctx.meta["as_json"] = JSON in common
        ctx.meta["command"] = _words(self, rest)
        return super().parse_args(ctx, [*common, *rest])

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a refusal is exit code 1, a reader that went away is none."""
        try:
            with _logged(ctx.meta["command"]):
                done = super().invoke(ctx)
                sys.stdout.flush()
        except Refused as no:
            tell_refusal(no, as_json=ctx.meta["as_json"])
            raise typer.Exit(1) from no
        except BrokenPipeError as error:
            close_quietly()
            raise typer.Exit(0) from error
        except OSError as error:
            from ordersdesk.foundation.store.outages import of_machine

            tell_refusal(of_machine(error), as_json=ctx.meta["as_json"])
            raise typer.Exit(1) from error
        return done


def _words(group: Any, args: Sequence[str]) -> str:
    """Return the names of the command without anything somebody typed: `orders.submit`."""
    words: list[str] = []
    for arg in args:
        group = getattr(group, "commands", {}).get(arg)
        if group is None:
            break
        words.append(arg)
    return ".".join(words)


@contextmanager
def _logged(command: str) -> Generator[None]:
    """Leave a line in the log about how a command ended."""
    begun = time.monotonic()
    end: dict[str, str | int] = {"exit": 0}
    try:
        yield
    except Refused as no:
        end = {"exit": 1, "rule": no.rule}
        raise
    except BaseException as error:
        end = {"exit": getattr(error, "exit_code", 1), "kind": type(error).__name__}
        raise
    finally:
        log.note("command", command=command, **end, milliseconds=round((time.monotonic() - begun) * 1000))


app = Commands(
    cls=Desk,
    name="ordersdesk",
    help=_("A keyboard-first order desk for people on the phone."),
    epilog=example("ordersdesk demo"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(ctx: typer.Context, wanted: bool) -> None:
    if not wanted:
        return
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.foundation.machine.versions import version_of

    version = version_of("ordersdesk")
    if ctx.meta["as_json"]:
        tell_json({"ordersdesk": version})
    else:
        say(f"ordersdesk {version}")
    raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    home: Annotated[str | None, typer.Option("--home", metavar="DIR", help=common_help("--home"))] = None,
    db: Annotated[str | None, typer.Option("--db", metavar="URL", help=common_help("--db"))] = None,
    user: Annotated[str | None, typer.Option("--user", metavar="LOGIN", help=common_help("--user"))] = None,
    lang: Annotated[Languages | None, typer.Option("--lang", help=common_help("--lang"))] = None,
    as_json: Annotated[bool, typer.Option(JSON, help=common_help(JSON))] = False,
    password_stdin: Annotated[bool, typer.Option(STDIN, help=common_help(STDIN))] = False,
    verbose: Annotated[bool, typer.Option(VERBOSE, help=common_help(VERBOSE))] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help=common_help("--version"))
    ] = False,
) -> None:
    """Settle which desk the command is about."""
    said = {"--home": home, "--db": db, "--user": user, "--lang": lang.value if lang else None}
    setting = resolved(said, as_json=as_json, password_stdin=password_stdin)
    language.use(setting.language)
    log.keep(setting.home, verbose=verbose)
    guard_home(setting.home)
    warn_of_password(db or "")
    ctx.obj = setting


for module in (
    desks, lookups, calls, orders, book, reviewing, noticing, changing, sheets, paying, approvals, moving, signing,
    users, policy, flows, care, clock, pads, pads_check, outage, routes, road_back, kinds, whereabouts, slips,
    dealing, advising, carrying, picking, printing, waves, promises, road_papers, keys,
):  # fmt: skip
    module.add_to(app)


@cache
def _commands() -> Any:
    """Return the tree of commands; whoever runs many of them in one process need not wait for it again."""
    return typer.main.get_command(app)


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    os.umask(0o077)  # whatever it makes is its owner's only
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # half a character of a file's name must not break the answer about it
            stream.reconfigure(errors="backslashreplace")
    try:
        done: Any = _commands().main(args=list(args), prog_name="ordersdesk", standalone_mode=False)
    except SystemExit as end:
        return cast(int, end.code or 0)
    except typer.Abort:
        print(_("Stopped."), file=sys.stderr)
        return 1
    except Exception as error:
        if not is_usage(error):
            raise
        return tell_usage(error)
    return int(done or 0)
