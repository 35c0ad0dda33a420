"""Work that must be done (a save), off the screen's thread: in order, never dropped, the keyboard held meanwhile.

The thread sees by itself whether the work meant to change something; no screen has to say so.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from textual.message_pump import MessagePump

from ordersdesk.foundation.store import writes
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.typed_ahead import Hold

T = TypeVar("T")

LIMIT = 15.0  # a save may wait for its turn on a busy database; typing is kept meanwhile


class ErrandThread:
    """Does one errand after the other and tells the owner, in the owner's own turn, how it went."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="errand")

    def run(
        self,
        owner: MessagePump,
        work: Callable[[], T],
        *,
        hold: Hold,
        then: Callable[[T], object],
        refused: Callable[[Refused], object],
        failed: Callable[[Exception], object],
        wrote: Callable[[], object],
    ) -> None:
        """Do the work; exactly one of `then`, `refused`, `failed` follows, then the keyboard is let go.

        `wrote` comes before them when the work has written, or tried to.
        """

        def errand() -> None:
            before = writes.count()
            try:
                outcome = partial(then, work())
            except Refused as no:
                outcome = partial(refused, no)
            except OSError as error:
                outcome = partial(refused, _of_machine(error))
            except Exception as error:
                outcome = partial(failed, error)
            owner.call_later(_tell, outcome, hold, wrote if writes.count() > before else None)

        self._pool.submit(errand)

    def close(self) -> None:
        """Finish what was begun."""
        self._pool.shutdown(wait=True)


def _of_machine(error: OSError) -> Refused:
    # Not imported before the door is painted: it loads the database's drivers.
    outages = importlib.import_module("ordersdesk.foundation.store.outages")
    return outages.of_machine(error)


async def _tell(outcome: Callable[[], object], hold: Hold, wrote: Callable[[], object] | None) -> None:
    if wrote:
        wrote()
    told = outcome()
    if inspect.isawaitable(told):
        await told
    hold.release()
