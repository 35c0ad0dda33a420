"""`ordersdesk demo`: a desk filled with the demo data, made once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from ordersdesk.cli.desks.demo_home import BEGUN, MARK, is_made
from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.frame.refusing import tell_refusal
from ordersdesk.cli.kit.setting import Setting
from ordersdesk.cli.kit.telling import progress
from ordersdesk.files.demo.door import LOGIN, PASSWORD
from ordersdesk.files.demo.home import load
from ordersdesk.foundation.machine.own_files import own_in, private_folder
from ordersdesk.foundation.store.outages import of_machine
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def make_demo(setting: Setting, *, fresh: bool) -> tuple[str, str]:
    """Make the demo desk unless it is there, and return the login and password to sign in with."""
    if fresh or not is_made(setting):
        _throw_away(setting)
        private_folder(setting.home)
        (setting.home / BEGUN).touch()
        _introduce(setting)
        desk = made(setting)
        with progress(_("making the demo desk, this once")) as step:
            load(desk, told=lambda _part, done, parts: step(done, parts))
        desk.database.close()
        (setting.home / MARK).touch()
    return LOGIN, PASSWORD


def _introduce(setting: Setting) -> None:
    """Let the demo be of a firm of its own, with everything its papers say, unless it has a policy already."""
    if setting.policy_file is None:
        shutil.copyfile(data_path("demo", "policy.toml"), setting.home / "policy.toml")


def _throw_away(setting: Setting) -> None:
    """Delete an old demo desk and nothing else; refused (CLI-2) when the folder does not say that it is one."""
    home = setting.home
    if not home.exists():
        return
    if any(home.iterdir()) and not any((home / mark).exists() for mark in (BEGUN, MARK)):
        raise Refused(
            "CLI-2",
            _("{folder} holds something else than a demo desk.").format(folder=home),
            mend=_("Choose another place with --home DIR; the demo is made in DIR/demo."),
        )
    marks = [home / BEGUN, home / MARK]
    for path in sorted({*own_in(home), home / "papers"} - {*marks, home / "policy.toml", home / "forms"}):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for mark in marks[::-1]:  # last: killed in the middle, the folder still says what it is
        mark.unlink(missing_ok=True)


def main(home: str, spoken: str) -> int:
    """Make the demo anew for a desk that waits for it; the exit code is 1 when it cannot stand there."""
    language.use(spoken)
    where = Path(home)
    try:
        make_demo(Setting(home=where, url=f"sqlite:///{where / 'desk.db'}", language=spoken), fresh=True)
    except Refused as no:
        tell_refusal(no, as_json=False)
    except OSError as error:
        tell_refusal(of_machine(error), as_json=False)
    except KeyboardInterrupt:
        return 130
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
