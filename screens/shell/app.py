"""The application around all screens: it paints the door first and loads the rooms behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.crash import write_report
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused, SignedOut
from ordersdesk.foundation.time.clock import Clock, SystemClock
from screens.ground import background as errands
from screens.ground import keys
from screens.ground.areas import DOOR
from screens.ground.background import ErrandThread
from screens.ground.outages import Spoken, told_to_wait
from screens.ground.search_thread import SearchThread
from screens.ground.theme import DARK, LIGHT, themes
from screens.ground.typed_ahead import Typed
from screens.shell.all_keys import AllKeysScreen
from screens.shell.broken_off import await_a_reader
from screens.shell.help import HelpPanel
from screens.shell.messages import TalkingApp
from screens.widgets.status import Facts

T = TypeVar("T")
IDLE_LOOK = 5.0  # seconds between looks at how long nobody typed


@dataclass
class RoomsReady(Message):
    """The rooms are imported and the database is open; `rooms` is what the start function returned."""

    rooms: Any


@dataclass
class RoomsFailed(Message):
    """The desk cannot open: a refusal says why, anything else is a bug."""

    error: Exception


@dataclass
class RoomsAway(Message):
    """The database does not answer yet; the desk goes on trying."""

    why: Outage


class DeskApp(Spoken, TalkingApp, inherit_bindings=False):
    """`door` makes the first screen, `start` does the slow part of opening (imports, database) in a thread."""

    CSS_PATH = Path(__file__).with_name("desk.tcss")
    TITLE = "ordersdesk"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*keys.everywhere()]

    def __init__(
        self,
        door: Callable[[], Screen[Any]],
        *,
        home: Path,
        start: Callable[[], Any] | None = None,
        clock: Clock | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(door, driver_class=driver_class)
        self.home = home
        self.clock: Clock = clock or SystemClock()
        self.rooms: Any = None
        self.facts = Facts()
        self.lock_after: timedelta | None = None
        self.kept_forms: dict[str, dict[str, str]] = {}
        self.search = SearchThread(first=self.proven_first, signed_out=partial(self.call_later, self.sign_out))
        self._errands = ErrandThread()
        self._start = start
        self._when_ready: list[Callable[[], object]] = []
        self._touched_at = self.clock.now()
        self._locked_area = ""
        self._quit_asked = False
        self.told_at_the_end: tuple[str, ...] = ()
        self.why_closed = ""
        """Why the rooms are not open, once that is known; the door says it for as long as it is so."""
        self.is_kept = True
        """Whether the disk takes what is typed."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        # Without its watcher: the stylesheet is parsed once, not twice.
        self.set_reactive(App.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def wear(self, colours: str | None) -> None:
        """Put on the themes for a terminal's colours, before anything is painted."""
        for theme in themes(colours):
            self.register_theme(theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Open the rooms once the door is painted."""
        self.set_interval(IDLE_LOOK, self.lock_when_idle)
        if self._start:
            self.call_after_refresh(threading.Thread(target=self._open, name="open", daemon=True).start)

    def on_unmount(self) -> None:
        """Leave no thread behind; a save that was begun is finished."""
        self.search.close()
        self._errands.close()

    def run_errand(
        self,
        owner: MessagePump,
        work: Callable[[], T],
        *,
        what: str,
        then: Callable[[T], object],
        refused: Callable[[Refused], object] | None = None,
        goes_on: bool = False,
    ) -> None:
        """Do work off the screen's thread with the keyboard held; `then` gets the result, in the owner's turn.

        Behind work that writes, keys typed ahead wait until what came of it is painted, unless the typing `goes_on`:
        the next line of an order, the next caller, the next slip of a pad.
        """
        wrote: Callable[[], object] = (lambda: None) if goes_on else self.keep_until_seen
        hold = self.hold_keyboard(what, owner=owner, limit=errands.LIMIT)
        self._errands.run(
            owner,
            self.proven_first(work),
            hold=hold,
            then=then,
            refused=self._answer(refused or self.refuse),
            failed=self.failed,
            wrote=wrote,
        )

    async def answer_refusal(self, no: Refused) -> None:
        """Say a refusal that no screen took care of."""
        if isinstance(no, SignedOut):
            await self.sign_out(no)
        else:
            self.refuse(no)

    def proven_first(self, work: Callable[[], T]) -> Callable[[], T]:
        """Put before some work whatever must be so before it is done; the real desk proves who sits at it (USR-7)."""
        return work

    def _answer(self, refused: Callable[[Refused], object]) -> Callable[[Refused], object]:
        """Return what answers a refusal: who is signed out goes to the door, whatever they were doing (USR-7)."""
        return lambda no: self.sign_out(no) if isinstance(no, SignedOut) else refused(no)

    async def sign_out(self, why: SignedOut) -> None:
        """Go to the door; the work stays as it is behind it."""
        if not self.is_at_door:
            await self.action_lock()
        self.refuse(why)

    def when_ready(self, act: Callable[[], object]) -> None:
        """Do something as soon as the rooms are open: now, if they are."""
        if self.rooms is not None:
            act()
        else:
            self._when_ready.append(act)

    def unlock(self) -> str:
        """Return the area that was on screen when the desk was locked ("" when it was not), and forget it."""
        area, self._locked_area = self._locked_area, ""
        self._touched_at = self.clock.now()
        return area

    def _open(self) -> None:
        assert self._start is not None
        try:
            self.post_message(RoomsReady(self._start()))
        except Exception as error:
            self.post_message(RoomsFailed(error))

    def on_rooms_ready(self, event: RoomsReady) -> None:
        """The rooms are open."""
        self.rooms, self.why_closed = event.rooms, ""
        waiting, self._when_ready = self._when_ready, []
        for act in waiting:
            act()

    def on_rooms_failed(self, event: RoomsFailed) -> None:
        """Say at the door why the desk does not open; a bug is reported."""
        if isinstance(event.error, Refused):
            self.why_closed = str(event.error)
            self.draw_anew()
            self.refuse(event.error)
        else:
            self.failed(event.error)

    def on_rooms_away(self, event: RoomsAway) -> None:
        """Say at the door that the desk opens as soon as it can."""
        self.why_closed = told_to_wait(event.why)
        self.draw_anew()
        self.say(self.why_closed, "warn")

    def answers_again(self) -> None:
        """The database is back: every screen goes on with what it could not do."""
        self.say(_("The database answers again."), "good")
        for screen in self.all_screens():
            getattr(screen, "answers_again", lambda: None)()

    async def _send(self, event: Typed) -> None:
        self._touched_at = self.clock.now()
        self._quit_asked = self._quit_asked and isinstance(event, events.Key) and event.key == "ctrl+q"
        await super()._send(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to lock at the door."""
        if action == "lock":
            return not self.is_at_door
        return super().check_action(action, parameters)

    async def action_help(self) -> None:
        """F1: help for the field; F1 again: all keys."""
        panels = list(self.screen.query(HelpPanel))
        if panels and panels[0].is_open:
            panels[0].show(False)
            await self.push_screen(AllKeysScreen())
        elif panels:
            panels[0].show(True)

    def action_language(self) -> None:
        """Speak the next language; nothing typed is lost, every widget translates when it draws, messages go."""
        codes = list(language.LANGUAGES)
        language.use(codes[(codes.index(language.current()) + 1) % len(codes)])
        self.forget_messages()
        self.draw_anew()

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_lock(self) -> None:
        """Lock the desk: the work stays as it is behind the door."""
        self._locked_area = self.area
        self.forget_kept()
        await self.go_to(DOOR)

    def quit_warning(self) -> str:
        """What would be left open by quitting; asked once, then Ctrl+Q quits. The real desk names open calls."""
        return ""

    async def action_quit(self) -> None:
        """Quit; with work open, only when asked twice."""
        warning = self.quit_warning()
        if warning and not self._quit_asked:
            self._quit_asked = True
            self.say(warning, "warn")
        else:
            self.exit(0)

    def draw_anew(self) -> None:
        """Draw all screens again, also those that are not in front."""
        for screen in self.all_screens():
            for node in screen.walk_children(with_self=True):
                getattr(node, "on_language", lambda: None)()
                node.refresh(layout=True)
        self.refresh_bindings()

    async def lock_when_idle(self) -> None:
        """Lock the desk when nobody has typed for as long as the policy says (USR-6)."""
        if self.lock_after and not self.is_at_door and self.clock.now() - self._touched_at >= self.lock_after:
            await self.action_lock()

    def failed(self, error: Exception) -> None:
        """Say what happened and where the report lies, and end; a refusal is an answer and ends nothing."""
        if isinstance(error, Refused):  # said no in the middle of a key: that is an answer, not a fault
            self.call_later(self.answer_refusal, error)
            return
        if not self.ends_by(error):
            return
        path = write_report(self.home, error, at=self.clock.now(), where=self.area)
        log.warn("desk stopped by an error", kind=type(error).__name__, report=path.name if path else "")
        where = str(path) if path else _("(the report could not be written)")
        kept = _("What was typed is kept: start the desk again and it is offered as it was.")
        lost = _("What was typed last could not be kept: the disk took nothing.")
        self.told_at_the_end = (
            _("The desk had to stop because of an error ({kind}).").format(kind=type(error).__name__),
            kept if self.is_kept else lost,
            _("For support: {where}").format(where=where),
        )
        self.panic(Text("\n".join(self.told_at_the_end)))


def run(app: DeskApp) -> int:
    """Run the desk until it is left; the exit code is 0, or 1 after an error."""
    app.wear(app.console.color_system)
    app.run()
    if app.told_at_the_end:
        await_a_reader()
    return app.return_code or 0
