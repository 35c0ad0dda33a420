"""While the database does not answer: the top line says so, the desk knocks by itself, and screens go on when it does.

What was typed stays where it is; an act that has its key and may be done twice is done again by its screen (ORD-11).
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused
from screens.ground.textual_inside import OpenPump

if TYPE_CHECKING:
    from ordersdesk.foundation.store.database import Database

KNOCK = 2.0  # seconds between two knocks at the door of a database that does not answer


class Spoken(OpenPump):
    """A widget whose handlers may be refused by a rule or by the machine: it is said, and the widget lives on.

    Textual ends a widget whose handler raises; with it would end the call.
    """

    async def handled(self, handling: Awaitable[None]) -> None:
        """Say a refusal that a handler did not take care of."""
        try:
            await handling
        except Refused as no:
            app: Any = self.app
            await app.answer_refusal(no)


class Watch:
    """Looks after the outages of one database: `look` is called in the screen's turn, knocking is a thread's work."""

    def __init__(self, database: Database, *, back: Callable[[], object]) -> None:
        self._database = database
        self._back = back
        self._was_away = False
        self._knocking = False

    def sentence(self) -> str:
        """Say for the top line what does not work; empty when all is well."""
        trouble = self._database.trouble
        return trouble.message if trouble else ""

    def look(self) -> None:
        """Knock while the database is away; go on once it is back."""
        trouble = self._database.trouble
        if trouble is not None and trouble.passes and not self._knocking:
            if not self._was_away:
                log.warn("database away")
            self._was_away = self._knocking = True
            threading.Thread(target=self._knock, name="knock", daemon=True).start()
        elif trouble is None and self._was_away:
            log.note("database back")
            self._was_away = False
            self._back()

    def _knock(self) -> None:
        try:
            self._database.answers()
        finally:
            self._knocking = False


def told_to_wait(away: Outage) -> str:
    """Say at the door that nobody has to start the desk again."""
    return _("{message} The desk tries again by itself.").format(message=away.message)
