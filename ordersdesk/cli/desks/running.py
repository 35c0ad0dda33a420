"""Starting the desk: the door is painted first, the rooms and the database open behind it."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ordersdesk.cli.kit.setting import Setting, refuse_missing
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def run_desk(setting: Setting, *, login: str = "", password: str = "", guests: Sequence[tuple[str, str]] = ()) -> int:
    """Run the desk until it is left and return its exit code."""
    refuse_missing(setting)
    refuse_pipe()
    gc.disable()  # 0.2 s until the desk is open: what is imported stays, looking through it again frees nothing
    from screens.start import run

    return run(
        home=setting.home,
        db=setting.url,
        speaks=setting.asked_language,
        login=login or setting.user,
        password=password,
        guests=guests,
    )


def run_demo(setting: Setting, *, fresh: bool) -> int:
    """Run the desk on demo data in a home of its own, made at the first time or anew (`--fresh`)."""
    refuse_pipe()
    own = demo_setting(setting)
    from ordersdesk.cli.desks.demo_home import guests, is_made, make_apart
    from ordersdesk.files.demo.door import LOGIN, PASSWORD

    if (fresh or not is_made(own)) and (code := make_apart(own)):
        return code
    # Before the screen opens: `ordersdesk call` in another terminal needs it while the desk runs.
    reached = shlex.quote(str(own.home))
    print(_("Other commands reach this desk so: ordersdesk --home {home} --user lin …").format(home=reached))
    # Its user is nobody's own: the desk speaks the language of whoever looks at it.
    code = run_desk(replace(own, asked_language=own.language), login=LOGIN, password=PASSWORD, guests=guests())
    told = _("The demo desk is kept. Other commands reach it so: ordersdesk --home {home} --user lin …")
    print(told.format(home=reached))
    return code


def demo_setting(setting: Setting) -> Setting:
    """Return the setting of the demo: always its own database, whatever else this machine works on."""
    home: Path = setting.home / "demo"
    return replace(setting, home=home, url=f"sqlite:///{home / 'desk.db'}")


def refuse_pipe() -> None:
    """Refuse (CLI-1) to paint where nobody looks; a driver of Textual's own, as a browser's, paints where it wants."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not os.environ.get("TEXTUAL_DRIVER"):
        raise Refused(
            "CLI-1",
            _("The desk needs a terminal."),
            mend=_("`ordersdesk orders submit` and its like work without one."),
        )
