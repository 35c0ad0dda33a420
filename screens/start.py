"""Starting the order desk: the door is painted at once, rooms and screens are loaded behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ordersdesk.foundation.texts import language
from screens.seat.desk import OrderDesk, without_collector
from screens.shell.app import run as run_app

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from screens.seat.session import Opened


def run(
    *,
    home: Path,
    db: str,
    speaks: str = "",
    login: str = "",
    password: str = "",
    guests: Sequence[tuple[str, str]] = (),
    policy: Path | None = None,
) -> int:
    """Run the desk until it is left; `speaks` is its language whatever the user's own is, until another is chosen."""
    if speaks:
        language.use(speaks)
    opening = partial(_opened, home=home, db=db, policy=policy)
    return run_app(OrderDesk(opening, home=home, speaks=speaks, login=login, password=password, guests=guests))


def _opened(**options: Any) -> Opened:
    """Import the rooms and open them: in the opening thread, while the door is already painted."""

    def opened() -> Opened:
        from screens.seat.session import open_desk

        return with_screens(open_desk(**options))

    return without_collector(opened)


def with_screens(desk: Desk) -> Opened:
    """Return an open desk with its screens: home at once, the others when they are first asked for (0.1 s of home)."""
    from screens.home.screen import HomeScreen
    from screens.seat.session import Opened

    return Opened(desk, HomeScreen, _behind)


def _behind() -> Any:
    from screens import registry as behind

    return behind
