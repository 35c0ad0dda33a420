"""Which desk a command is about: home, database, who acts, language; from options, environment, defaults."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ordersdesk.foundation.texts.language import LANGUAGES, _
from ordersdesk.foundation.texts.refusals import Refused

# Options every command knows, before or after its name, with the environment variable that stands in for each.
VALUED = {
    "--home": "ORDERSDESK_HOME",
    "--db": "ORDERSDESK_DB",
    "--user": "ORDERSDESK_USER",
    "--lang": "ORDERSDESK_LANG",
}
PASSWORD_IN_URL = re.compile(r"^[^/]*//[^/@:]*:[^@]+@|[?&]password=")
JSON = "--json"
STDIN = "--password-stdin"
VERBOSE = "--verbose"
FLAGS = (JSON, STDIN, VERBOSE)
# Commands that have STDIN for a password of their own.
SETS_PASSWORD = frozenset({"init", "login", "users", "recover"})


@dataclass(frozen=True)
class Setting:
    """What the common options say; an empty user is whoever signed in here last."""

    home: Path
    url: str
    user: str = ""
    language: str = "en"
    asked_language: str = ""
    json: bool = False
    password_stdin: bool = False

    @property
    def file(self) -> Path | None:
        """The SQLite file, when it is one."""
        found = self.url.removeprefix("sqlite:///")
        return Path(found) if found != self.url and found else None

    @property
    def policy_file(self) -> Path | None:
        """The site's own policy, when there is one."""
        path = self.home / "policy.toml"
        return path if path.exists() else None


def resolved(
    options: Mapping[str, str | None],
    *,
    as_json: bool,
    password_stdin: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> Setting:
    """Fill what the options leave open from the environment, then from defaults."""
    said = {name: options.get(name) or environ.get(variable) or "" for name, variable in VALUED.items()}
    home = Path(said["--home"]).expanduser().absolute() if said["--home"] else default_home()
    return Setting(
        home=home,
        url=said["--db"] or f"sqlite:///{home / 'desk.db'}",
        user=said["--user"],
        language=said["--lang"] or spoken(environ),
        asked_language=said["--lang"],
        json=as_json,
        password_stdin=password_stdin,
    )


def refuse_missing(setting: Setting) -> None:
    """Refuse (DB-2) a desk that was never made, before anything makes an empty file of it."""
    if setting.file is not None and not setting.file.exists():
        own = setting.file == setting.home / "desk.db"
        raise Refused(
            "DB-2",
            _("There is no desk in {home} yet.").format(home=setting.home if own else setting.file),
            mend=_("`ordersdesk init` makes one; `ordersdesk demo` shows one with demo data."),
        )


def warn_of_password(db: str) -> None:
    """Say on stderr that a password on the command line is everybody's."""
    if PASSWORD_IN_URL.search(db):
        told = _("Everybody on this machine can read the password in --db: ~/.pgpass keeps it, or ORDERSDESK_DB.")
        print(told, file=sys.stderr)


def default_home() -> Path:
    """Return where a desk keeps its files on this system."""
    from platformdirs import user_data_path

    return user_data_path("ordersdesk", appauthor=False)


def spoken(environ: Mapping[str, str]) -> str:
    """Return the language of the terminal, English when the desk does not speak it."""
    said = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "zh_CN" if said.lower().startswith("zh") else "en"


def hoisted(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the common options from the rest, wherever they stand; everything after `--` is left alone."""
    common: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            rest += [arg, *waiting]
        elif _stands_alone(arg, rest):
            common.append(arg)
        elif arg in VALUED:
            common += [arg, *_next(waiting)]
        else:
            rest.append(arg)
    return common, rest


def _stands_alone(arg: str, rest: Sequence[str]) -> bool:
    """Tell whether this is a common option without another word behind it; `rest` begins with the command."""
    if arg == STDIN:
        return not SETS_PASSWORD.intersection(rest[:1])
    return arg in (JSON, VERBOSE) or ("=" in arg and arg.partition("=")[0] in VALUED)


def _next(args: object) -> list[str]:
    value = next(args, None)  # type: ignore[call-overload]
    return [] if value is None else [str(value)]


def options(common: Sequence[str]) -> dict[str, str] | None:
    """Read split-off options; nothing when they are not well formed."""
    found: dict[str, str] = {}
    waiting = iter(common)
    for arg in waiting:
        name, sign, value = arg.partition("=")
        if name not in FLAGS:
            value = value if sign else next(waiting, "")
            if not value:
                return None
        found[name] = value
    return found if found.get("--lang", "en") in LANGUAGES else None
