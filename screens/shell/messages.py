"""What the application says to the person: messages, refusals, kept keys; a key that does not act is answered too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textual import events

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground import keys
from screens.ground.areas import AreasApp
from screens.ground.typed_ahead import Typed
from screens.widgets.status import StatusLine


class TalkingApp(AreasApp):
    """Everything is said in the status line; nothing pops up over what somebody is typing."""

    _waiting = ""  # what was last said of a wait

    def say(self, text: str, tone: str = "note") -> None:
        """Show a message on the screen's status line; tones: note, good, warn, refused, idle."""
        for line in self.screen.query(StatusLine):
            line.show(text, tone)

    def refuse(self, refused: Refused) -> None:
        """Show a refusal on the screen, and keep what was typed behind the refused act."""
        log.note("refused", rule=refused.rule)
        show: Callable[[Refused], None] | None = getattr(self.screen, "refuse", None)
        if show:
            show(refused)
        self.set_aside()

    def mended(self) -> None:
        """Take the message off the status line: something was accepted, what it speaks of is over."""
        self.say("")

    def forget_messages(self) -> None:
        """Take the messages off all screens."""
        for line in self._lines():
            line.show("")

    def notify(self, message: str, **_options: Any) -> None:
        """Nothing pops up over what somebody is typing: a notice is a line like any other."""
        self.say(message)

    async def _send(self, event: Typed) -> None:
        """What was said of a key that does nothing is over with the next key."""
        for line in self.screen.query(StatusLine):
            if line.tone == "idle":
                line.show("")
        await super()._send(event)

    async def on_key(self, event: events.Key) -> None:
        """Do what the key table says; a key that does not act here is answered, not ignored."""
        event.prevent_default()
        if not await self.press(event):
            self._answer_idle_key(event)

    def _answer_idle_key(self, event: events.Key) -> None:
        name = keys.key_name(event.key)
        rows = keys.rows_for(event.key)
        if rows:
            self.say(_("{key} ({act}) does nothing here.").format(key=name, act=_(rows[0].label)), "idle")
        else:
            self.say(_("{key} does nothing here. F1 shows the keys.").format(key=name), "idle")

    def tell_keyboard_waits(self, what: str) -> None:
        """Say what a noticeable wait is for; when it is over only that goes, never what came of it."""
        if what:
            self._waiting = _("Waiting for {what}. Go on typing, it is kept.").format(what=what)
            self.say(self._waiting)
            return
        for line in self.screen.query(StatusLine):
            if line.message == self._waiting:
                line.show("")

    def tell_hold_given_up(self, what: str) -> None:
        """Say that no answer came."""
        self.say(_("No answer yet: {what}. Press the key again, or Esc.").format(what=what), "warn")

    def tell_keys_kept(self) -> None:
        """Show the keys that were kept aside."""
        self._show_kept()

    def type_kept_keys(self, *, after: int = 0) -> None:
        """Type what was kept aside, and take it off the screen."""
        super().type_kept_keys(after=after)
        self._show_kept()

    def forget_kept(self) -> None:
        """Drop what was kept aside, and take it off the screen."""
        super().forget_kept()
        self._show_kept()

    def _show_kept(self) -> None:
        for line in self._lines():
            line.keep(self.kept_keys)
        self.refresh_bindings()

    def _lines(self) -> Iterator[StatusLine]:
        """Yield the status lines of all screens, also of those that are not in front."""
        for screen in self.all_screens():
            yield from screen.query(StatusLine)

    def action_type_kept(self) -> None:
        """Ctrl+R: type the keys kept aside."""
        self.type_kept_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Kept keys can be typed when there are some."""
        return bool(self.kept_keys) if action == "type_kept" else super().check_action(action, parameters)
