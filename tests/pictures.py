"""The pictures of README and guide, made by the program itself on demo data: `python -m tests.pictures [FOLDER]`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ordersdesk.files.demo.door import PASSWORD
from ordersdesk.files.demo.home import load
from ordersdesk.foundation.desk import NOBODY, Desk
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.policy import policy
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people.queries import proven
from screens.seat.desk import OrderDesk
from screens.start import with_screens
from tests.screens.acting import settled, type_keys, wait_until

FOLDER = Path(__file__).parent.parent / "data" / "pictures"
MONDAY = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
SIZE = (110, 30)
ORDER = "021 5550 7526<Enter>ZH202<Enter>5x<Enter>BI101<Enter>2h<Enter>BI141<Enter>12<Enter>"
# Who sits there, and the keys that lead from one picture to the next.
WALKS = {
    "lin": {
        "home": "",
        "intake": f"<F2>{ORDER}",
        "read-back": "<F9>",
        "stock": "<F9><F5>ZH2",
        "customer": "<F7>7526<Enter>",
        "orders": "<F6><Down><Down>",
        "order": "<Enter>",
    },
    "liu": {"approvals": "<Ctrl+P>"},
    "sun": {"dispatch": "<Ctrl+G><Down>"},
    "he": {"routes": "<Ctrl+G>B"},
}
SUFFIX = {"en": "", "zh_CN": "-zh"}


def demo_desk(home: Path) -> Desk:
    """A desk on the demo data, on a Monday morning at twenty past ten."""
    rules = policy.load()
    database = Database(f"sqlite:///{home / 'desk.db'}")
    upgrade(database)
    desk = Desk(NOBODY, rules.branch.code, FixedClock(MONDAY), rules, database, proven)
    load(desk)
    return desk


async def walk(desk: Desk, home: Path, login: str, code: str) -> dict[str, str]:
    """Sign somebody in and return the screens they come by as SVG, without fonts from elsewhere."""
    language.use(code)
    app = OrderDesk(lambda: with_screens(desk), home=home, clock=desk.clock, speaks=code)
    taken: dict[str, str] = {}
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.rooms is not None)
        await type_keys(pilot, f"{login}<Enter>{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: not app.is_at_door)
        for name, keys in WALKS[login].items():
            await type_keys(pilot, keys)
            await settled(pilot)
            drawn = app.export_screenshot(title="ordersdesk")
            taken[name] = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return taken


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, suffix in SUFFIX.items():
        with tempfile.TemporaryDirectory() as home:
            desk = demo_desk(Path(home))
            for login in WALKS:
                for name, drawn in asyncio.run(walk(desk, Path(home), login, code)).items():
                    (folder / f"{name}{suffix}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
