"""The short way for what must not wait: `desk` and `demo` paint at once, `call` answers a ringing telephone.

Everything else, and whatever is not called plainly, goes the long way through Typer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ordersdesk.cli.frame.refusing import tell_refusal
from ordersdesk.cli.kit.setting import JSON, STDIN, Setting, hoisted, options, resolved, warn_of_password
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.refusals import Refused


def quick(args: Sequence[str]) -> int | None:
    """Run a plainly called `desk`, `demo` or `call` and return its exit code; nothing for all the rest."""
    common, rest = hoisted(args)
    said = options(common)
    if said is None:
        return None
    setting = resolved(said, as_json=JSON in said, password_stdin=STDIN in said)
    warn_of_password(said.get("--db", ""))
    language.use(setting.language)  # also before Typer is loaded: its help texts are translated once, then
    work = _meant(rest)
    if work is None:
        return None
    try:
        return work(setting)
    except Refused as no:
        tell_refusal(no, as_json=setting.json)
        return 1
    except OSError as error:
        from ordersdesk.foundation.store.outages import of_machine

        tell_refusal(of_machine(error), as_json=setting.json)
        return 1
    except KeyboardInterrupt:
        return 130


def _meant(rest: Sequence[str]) -> Callable[[Setting], int] | None:
    if list(rest) == ["desk"]:
        return _desk
    if list(rest) in (["demo"], ["demo", "--fresh"]):
        return lambda setting: _demo(setting, fresh="--fresh" in rest)
    if len(rest) == 2 and rest[0] == "call" and not rest[1].startswith("-"):
        return lambda setting: _call(setting, rest[1])
    return None


def _desk(setting: Setting) -> int:
    from ordersdesk.cli.desks.running import run_desk

    return run_desk(setting)


def _demo(setting: Setting, *, fresh: bool) -> int:
    from ordersdesk.cli.desks.running import run_demo

    return run_demo(setting, fresh=fresh)


def _call(setting: Setting, number: str) -> int:
    from ordersdesk.cli.desks.ringing import ring

    ring(setting, number)
    return 0
