"""What is said to somebody who calls a command wrongly: in the desk's language, with how it is called.

The library that reads command lines speaks English only: its errors are known here by what they carry.
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import Any

from ordersdesk.foundation.texts.language import N_, _, in_turn, word_list
from ordersdesk.foundation.texts.texts import shown

# What the library writes into an error that carries nothing else, and how the desk says it.
_WORDINGS = (
    (r"Option '(?P<option>[^']+)' (?:requires|takes) an argument\.?", N_("{option} needs a value.")),
    (r"Option '(?P<option>[^']+)' requires (?P<count>\d+) arguments\.?", N_("{option} needs {count} values.")),
    (r"Option '(?P<option>[^']+)' does not take a value\.?", N_("{option} takes no value.")),
    (r"Got unexpected extra argument\(?s?\)? \((?P<words>.+)\)", N_("Unexpected: {words}.")),
    (
        r"(?:Value error, )?'(?P<value>.*)' is not one of (?P<choices>.+?)\.?",
        N_("“{value}” is not one of {choices}."),
    ),
    (r"'(?P<value>.*)' is not a valid integer.*", N_("“{value}” is no whole number.")),
    (r".*valid integer.*", N_("That is no whole number.")),
    (r"'(?P<value>.*)' is not a valid float.*|.*valid (?:number|decimal).*", N_("That is no number.")),
    (r"(?P<value>.+) is not in the range (?P<range>.+?)\.?", N_("{value} is not in the range {range}.")),
    (r"Input should be greater than or equal to (?P<least>.+)", N_("It must be at least {least}.")),
    (r"Input should be less than or equal to (?P<most>.+)", N_("It must be at most {most}.")),
    (r".*(?:File|Path|Directory) '(?P<path>.*)' does not exist\.?", N_("{path} is not there.")),
)


def is_usage(error: BaseException) -> bool:
    """Tell whether an error is one of the library's that a person made."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def tell_usage(error: Any) -> int:
    """Say on stderr what is wrong and how it is called; return the exit code."""
    ctx = getattr(error, "ctx", None)
    if not error.format_message().strip():
        return int(error.exit_code)  # the help page was shown already
    lines = [ctx.get_usage()] if ctx is not None else []
    lines.append(sentence(error))
    if ctx is not None:
        lines.append(_("`{command} -h` shows how.").format(command=ctx.command_path))
    for line in lines:
        print("\n".join(shown(part) for part in line.splitlines()), file=sys.stderr)
    return int(error.exit_code)


def sentence(error: Any) -> str:
    """Return what is wrong as one sentence."""
    name = _name(error)
    if hasattr(error, "param_type") and name:
        return _("{name} is missing.").format(name=name)
    if hasattr(error, "possibilities"):
        return _no_option(error)
    said = _said(str(error.message))
    return _("{name}: {what}").format(name=name, what=said) if name else said


def no_command(name: str, known: list[str]) -> str:
    """Say that there is no such command, and which was meant perhaps."""
    told = _("There is no command “{name}”.").format(name=name[:40])
    near = get_close_matches(name, known, n=1)
    return in_turn((told, _("Did you mean {names}?").format(names=near[0]))) if near else told


def _no_option(error: Any) -> str:
    told = _("There is no option {option}.").format(option=getattr(error, "option_name", ""))
    near = sorted(getattr(error, "possibilities", None) or ())
    return in_turn((told, _("Did you mean {names}?").format(names=word_list(near)))) if near else told


def _name(error: Any) -> str:
    hint: Any = getattr(error, "param_hint", None)
    param = getattr(error, "param", None)
    if hint is None and param is not None:
        hint = param.opts if param.param_type_name == "option" else param.metavar or param.name.upper()
    return str(hint or "").strip("'") if isinstance(hint, str | None) else " / ".join(hint)


def _said(message: str) -> str:
    for wording, said in _WORDINGS:
        if found := re.fullmatch(wording, message):
            return _(said).format(**found.groupdict())
    return message
