"""The order desk as a person runs it: who sits at it, where they may go, what rings; the rooms come in behind the door.

Nothing here may import a room or the database: the door is painted before they are (`screens/start.py`).
"""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.driver import Driver

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, SignedOut
from ordersdesk.foundation.time.clock import Clock
from screens.ground.areas import DOOR, HOME
from screens.ground.outages import KNOCK, Watch
from screens.seat.door import DoorScreen
from screens.seat.router import GoingApp
from screens.shell.app import RoomsAway
from screens.widgets.status import Facts

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk
    from screens.seat.session import Opened, Seat

T = TypeVar("T")
REST_LOOK = 0.05  # seconds between looks whether an answer is still waited for


class OrderDesk(GoingApp):
    """The application; `desk` is the signed-in desk that all its screens work on."""

    def __init__(
        self,
        opening: Callable[[], Opened],
        *,
        home: Path,
        speaks: str = "",
        login: str = "",
        password: str = "",
        guests: Sequence[tuple[str, str]] = (),
        clock: Clock | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        self._opening: Future[Opened] = Future()
        self._left = threading.Event()
        self._watch: Watch | None = None
        door = partial(DoorScreen, login=login, password=password, guests=guests)
        start = partial(self._start_opening, opening)
        super().__init__(door, home=home, start=start, clock=clock, driver_class=driver_class)
        self.speaks = speaks
        self._chosen = ""  # the language chosen at the door, for whoever signs in next
        self._forms_of: dict[str, dict[str, dict[str, str]]] = {}

    @property
    def desk(self) -> Desk:
        """The desk with its user."""
        assert self.seat is not None
        return self.seat.desk

    def proven_first(self, work: Callable[[], T]) -> Callable[[], T]:
        """Let nothing be done or looked up for somebody who is dismissed or signed out meanwhile (USR-1, USR-7)."""
        seat = None if self.is_at_door else self.seat

        def proven() -> T:
            if seat:
                seat.prove()
            return work()

        return proven

    # --- signing in

    def sign_in(self, login: str, password: str) -> Seat:
        """Seat somebody, as soon as the desk is open; off the screen's thread."""
        return self._opening.result().sign_in(login, password)

    async def sit_down(self, seat: Seat) -> None:
        """Somebody signed in: the same person finds everything as it was, another begins with what is theirs."""
        area = self.unlock()
        chosen, self._chosen = self._chosen, ""
        if self.seat is None or self.seat.desk.user.id != seat.desk.user.id:
            await self._change_seats(seat, chosen or self.speaks or seat.language)
            area = ""
        elif self.seat:
            for name in self.seat.areas.keys() - seat.areas.keys():
                await self.close_area(name)
        self.seat = seat
        for name, make in seat.areas.items():
            self.offer_area(name, make)
        self.facts = Facts(
            who=lambda: seat.desk.user.name,
            branch=lambda: seat.desk.policy.branch.name,
            time=seat.time,
            wave=lambda: self.telephone.sentence(seat.phone) or seat.wave(),
            trouble=lambda: self._watch.sentence() if self._watch else "",
        )
        self.lock_after = timedelta(minutes=seat.desk.policy.users.idle_minutes)
        await self.telephone.listen(seat.desk.user.login)
        await self.go_to(area if self.has_area(area) else HOME)
        for sentence in seat.told[-1:]:
            self.say(sentence, "warn")

    async def _change_seats(self, seat: Seat, speaks: str) -> None:
        """Put the work of the one who sat here away: their calls stay theirs, their half-filled forms wait for them."""
        if self.seat:
            for name in self.seat.areas:
                await self.close_area(name)
            self._forms_of[self.seat.desk.user.login] = self.kept_forms
        self.kept_forms = self._forms_of.pop(seat.desk.user.login, {})
        self.telephone.ringing.clear()
        language.use(speaks)
        self.draw_anew()

    def action_language(self) -> None:
        """Speak the next language; chosen at the door it wins over the user's own."""
        super().action_language()
        self._chosen = language.current() if self.is_at_door else ""

    def on_mount(self) -> None:
        """Keep the holds of open calls alive once the desk is open, and bring in what stands behind home."""
        self.when_ready(self._beat)
        self.when_ready(lambda: self.run_worker(self._furnish()))

    async def _furnish(self) -> None:
        """Import the other screens when nobody waits for an answer: who signs in at once gets home first."""
        while not self.is_at_rest:
            await asyncio.sleep(REST_LOOK)
        await asyncio.to_thread(without_collector, self.rooms.furnish)

    def _beat(self) -> None:
        self.set_interval(self.rooms.desk.policy.stock.heartbeat_seconds, self._be_heard)
        self._watch = Watch(self.rooms.desk.database, back=self.answers_again)
        self.set_interval(KNOCK, self._watch.look)

    def _be_heard(self) -> None:
        if self.seat and not self.is_at_door:
            look = partial(self._look, self.seat)
            self.run_worker(look, thread=True, exclusive=True, group="heartbeat", exit_on_error=False)

    def _look(self, seat: Seat) -> None:
        """Be heard, off the screen's thread; who was signed out meanwhile goes to the door."""
        try:
            if seat.be_heard():
                self.call_from_thread(self.say, _("Your roles have changed: lock (Ctrl+O) and sign in again."), "warn")
        except SignedOut as no:
            self.call_from_thread(self.sign_out, no)

    async def go_to(self, name: str) -> None:
        """Show an area; at the door no telephone is answered."""
        if name == DOOR:
            await self.telephone.hang_up()
        await super().go_to(name)

    def quit_warning(self) -> str:
        """An open call is asked about; it would be offered again after signing in (CAL-5)."""
        return _("A call is open and stays as it is. Ctrl+Q again quits.") if self.has_call else ""

    # --- beginning and end

    def _start_opening(self, opening: Callable[[], Opened]) -> Opened:
        """Open the desk, again and again while its database is away; whoever signs in meanwhile is told."""
        while True:
            trial = self._opening
            try:
                rooms = opening()
            except Outage as away:
                self._opening = Future()
                trial.set_exception(away)
                if not away.passes:
                    raise
                self.post_message(RoomsAway(away))
                if self._left.wait(KNOCK):
                    self._opening.set_exception(away)
                    raise
            except BaseException as error:
                trial.set_exception(error)
                raise
            else:
                trial.set_result(rooms)
                return rooms

    async def on_exit_app(self) -> None:
        """Leave nothing behind: no line to ring, no open database, nobody who waits for one."""
        self._left.set()
        await self.telephone.hang_up()

    def on_unmount(self) -> None:
        """Give the database back."""
        if self.rooms is not None:
            self.rooms.close()
            log.note("desk left", exit=self.return_code or 0)


def without_collector(work: Callable[[], T]) -> T:
    """Do work that imports: what it brings in stays, looking through it again and again frees nothing."""
    gc.disable()
    try:
        return work()
    finally:
        gc.freeze()
        gc.enable()
