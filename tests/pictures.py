"""The pictures of the README, made by the program itself: `python -m tests.pictures [FOLDER]`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ordersdesk.files.demo import LOGIN, PASSWORD, load
from ordersdesk.foundation import language, policy
from ordersdesk.foundation.clock import FixedClock
from ordersdesk.foundation.database import Database
from ordersdesk.foundation.desk import NOBODY, Desk
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.people.queries import proven
from screens.main import OrderDesk
from screens.opening import Opened
from tests.screens.acting import type_keys, wait_until

FOLDER = Path(__file__).parent.parent / "data" / "pictures"
MONDAY = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
ORDER = "021 5550 7526<Enter>ZH202<Enter>5x<Enter>BI101<Enter>2h<Enter>BI141<Enter>12<Enter>"
LANGUAGES = {"en": "intake.svg", "zh_CN": "intake-zh.svg"}


def demo_desk(home: Path) -> Desk:
    """A desk on the demo data, on a Monday morning at twenty past ten."""
    rules = policy.load()
    database = Database(f"sqlite:///{home / 'desk.db'}")
    upgrade(database)
    desk = Desk(NOBODY, rules.branch.code, FixedClock(MONDAY), rules, database, proven)
    load(desk)
    return desk


async def picture(desk: Desk, home: Path, code: str) -> str:
    """Take an order in one language and return the screen as SVG, without fonts from elsewhere."""
    language.use(code)
    app = OrderDesk(lambda: Opened(desk), home=home, clock=desk.clock, speaks=code)
    async with app.run_test(size=(110, 30)) as pilot:
        await wait_until(pilot, lambda: app.rooms is not None)
        await type_keys(pilot, f"{LOGIN}<Enter>{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: not app.is_at_door)
        await type_keys(pilot, f"<F2>{ORDER}")
        return re.sub(r"@font-face \{.*?\}\s*", "", app.export_screenshot(title="ordersdesk"), flags=re.DOTALL)


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, name in LANGUAGES.items():
        with tempfile.TemporaryDirectory() as home:
            (folder / name).write_text(asyncio.run(picture(demo_desk(Path(home)), Path(home), code)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
